package jp.sekisho.benchmarks.login;

import java.io.IOException;
import java.net.http.HttpClient;
import jp.sekisho.benchmarks.site.Customer;

/** What is done for one customer after the other: a login, or what comes after it. */
@FunctionalInterface
public interface Act {

    /** @throws IOException if it was not answered as it should be */
    void run(HttpClient http, Lane lane, Customer customer) throws IOException, InterruptedException;
}
