package jp.sekisho.benchmarks.login;

import java.net.URI;
import java.util.List;
import jp.sekisho.benchmarks.site.Customer;

/**
 * One of the things compared: a realm on a server, its customers, and what is done for them.
 *
 * @param name different for each
 */
public record Lane(String name, URI server, String realm, List<Customer> customers, Meter meter, Act act) {

    public Lane {
        customers = List.copyOf(customers);
    }

    /** They log in. */
    public Lane(String name, URI server, String realm, List<Customer> customers, Meter meter) {
        this(name, server, realm, customers, meter, Login::run);
    }

    public Lane doing(String other, Act what) {
        return new Lane(other, server, realm, customers, meter, what);
    }
}
