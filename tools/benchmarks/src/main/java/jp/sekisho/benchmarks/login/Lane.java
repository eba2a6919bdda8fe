package jp.sekisho.benchmarks.login;

import java.net.URI;
import java.util.List;
import jp.sekisho.benchmarks.site.Customer;

/**
 * One of the things compared: a realm on a server, and its customers.
 *
 * @param name different for each
 */
public record Lane(String name, URI server, String realm, List<Customer> customers, Meter meter) {

    public Lane {
        customers = List.copyOf(customers);
    }
}
