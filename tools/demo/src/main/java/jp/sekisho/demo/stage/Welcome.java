package jp.sekisho.demo.stage;

import java.util.List;
import java.util.stream.Collectors;
import jp.sekisho.demo.Customer;

/** What the demo says when everything runs. */
record Welcome(Settings settings) {

    String text() {
        return """

                関所 Sekisho is up.

                  Trading app          %1$s
                  Customers' pages     %2$s/realms/broker/sekisho/pages/
                  Stop page            %2$s/realms/broker/sekisho/stop
                  Where you come from  %2$s/from
                  Mail inbox           %3$s
                  Admin console        %2$s/admin  (admin / admin)
                  Health, metrics      http://localhost:%4$d/health, http://localhost:%4$d/metrics

                  Customers
                %5$s

                  Officers, without their roles yet: who has one logs in by passkey only
                %6$s

                  Things to try
                    1. Log in to the trading app as suzuki, with the code of an authenticator app that knows the key
                       above. Let this device be remembered, log out, log in again: no question.
                       yamada has no such app: a code comes by mail, and nothing is remembered.
                    2. Open a private window, choose Lagos at /from, log in with the same password: a new device
                       from another country. See what is asked, and the mails that went out.
                    3. Type wrong passwords. After the 5th you wait, after the 10th strangers stay out,
                       and the remembered device still gets in.
                    4. On the customers' pages: look at devices and activity, register a passkey, log in with it.
                       On a device that is new it is provisional for 10 min. "This was not me" freezes the account.
                    5. Type the stop code of any notice on the stop page: the account is frozen, and back only with an
                       identity record and two officers (roles sekisho-officer and sekisho-approver, over REST).
                    6. Forget yamada's password: a code by mail, no link, and it logs nobody in.
                    7. In the trading app: order, register a bank account, withdraw. With a passkey that is provisional
                       no more; see what you are asked to confirm, and that nothing goes to a new account at once.
                    8. Walk all of it by itself, the officers, a phishing site and a stolen cookie too: ./demo tour

                  The profile is jp-2025: a passkey at every login. Here a stage of migration to it is open for six
                  months, so that passwords still open a login, on a known device without a further question.
                  This demo's policy throttles from 1 s to 30 s, so that you can watch it, a new bank account waits
                  for 1 min, a passkey for 10 min; the shipped one from 30 s to 1 h, and for 24 h. Geo data is GeoLite2 of November 2019, by MaxMind (CC BY-SA 4.0).

                  Ctrl-C stops everything.""".formatted(
                        settings.app(),
                        settings.keycloak(),
                        settings.inbox(),
                        settings.managementPort(),
                        lines(Customer.CUSTOMERS),
                        lines(Customer.OFFICERS));
    }

    private static String lines(List<Customer> people) {
        return people.stream().map(Welcome::line).collect(Collectors.joining("\n"));
    }

    private static String line(Customer customer) {
        String line = "    %-9s %-18s %s %s"
                .formatted(customer.username(), customer.password(), customer.lastName(), customer.firstName());
        return customer.hasTotp() ? line + ", authenticator app with key " + customer.totpKey() : line;
    }
}
