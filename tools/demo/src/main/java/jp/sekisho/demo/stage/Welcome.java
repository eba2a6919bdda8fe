package jp.sekisho.demo.stage;

import java.util.stream.Collectors;
import jp.sekisho.demo.Customer;

/** What the demo says when everything runs. */
record Welcome(Settings settings) {

    String text() {
        return """

                関所 Sekisho is up.

                  Trading app          %1$s
                  Where you come from  %2$s/from
                  Mail inbox           %3$s
                  Admin console        %2$s/admin  (admin / admin)
                  Health, metrics      http://localhost:%4$d/health, http://localhost:%4$d/metrics

                  Customers
                %5$s

                  Things to try
                    1. Log in to the trading app as suzuki, with the code of an authenticator app that knows the key
                       above. Let this device be remembered, log out, log in again: no question.
                       yamada has no such app: a code comes by mail, and nothing is remembered.
                    2. Open a private window, choose Lagos at /from, log in with the same password: a new device
                       from another country. See what is asked, and the mails that went out.
                    3. Type wrong passwords. After the 5th you wait, after the 10th strangers stay out,
                       and the remembered device still gets in.
                    4. Walk all of it by itself: ./demo tour

                  This demo's policy throttles from 1 s to 30 s, so that you can watch it; the shipped one
                  from 30 s to 1 h. Geo data is GeoLite2 of November 2019, by MaxMind (CC BY-SA 4.0).

                  Ctrl-C stops everything.""".formatted(
                        settings.app(),
                        settings.keycloak(),
                        settings.inbox(),
                        settings.managementPort(),
                        Customer.ALL.stream().map(Welcome::line).collect(Collectors.joining("\n")));
    }

    private static String line(Customer customer) {
        String line = "    %-8s %-18s %s %s"
                .formatted(customer.username(), customer.password(), customer.lastName(), customer.firstName());
        return customer.hasTotp() ? line + ", authenticator app with key " + customer.totpKey() : line;
    }
}
