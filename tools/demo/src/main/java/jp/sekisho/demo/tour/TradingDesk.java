package jp.sekisho.demo.tour;

import java.net.URI;
import jp.sekisho.demo.Customer;

/** The trading app in front of one customer, who has a passkey. */
final class TradingDesk {

    static final String LATEST = ".transaction";

    private static final String PASSKEY = "#authenticateWebAuthnButton";
    private static final String SHOWN = "#sekisho-operation";
    private static final String SEND = "#send";

    private final Tour.World world;
    private final Customer customer;
    private final Visitor visitor;
    private final Users users;
    private final Teller teller;

    TradingDesk(Tour.World world, Customer customer, Visitor visitor, Users users, Teller teller) {
        this.world = world;
        this.customer = customer;
        this.visitor = visitor;
        this.users = users;
        this.teller = teller;
    }

    Customer customer() {
        return customer;
    }

    Browser browser() {
        return visitor.browser();
    }

    void enterForTheFirstTime() {
        browser().hold(users.passkey(customer), world.keycloak().getHost(), users.id(customer));
        // The browser offers the passkey by itself, in the field of the name.
        visitor.openLogin();
        browser().await("#sekisho-remember-form");
        visitor.rememberDevice();
    }

    void enterAgain() {
        users.endSessions(customer);
        visitor.openLogin();
        browser().await("#login-factors");
    }

    void order(String pair, String units) {
        open("/orders");
        browser().choose("#pair", pair);
        browser().type("#units", units);
        browser().follow(SEND);
    }

    void withdraw(String yen) {
        open("/withdrawals");
        browser().type("#amount", yen);
        browser().follow(SEND);
    }

    void fillAccount(String number) {
        open("/bank-account");
        browser().type("#bank", "0001");
        browser().type("#branch", "123");
        browser().type("#account", number);
        browser().type("#holder", customer.lastNameKana() + " " + customer.firstNameKana());
    }

    void send() {
        browser().follow(SEND);
    }

    void openTransactions() {
        open("/transactions");
    }

    /** What our page says that is to be confirmed. */
    String shown() {
        String shown = browser().textOf(SHOWN);
        teller.tell(shown);
        return shown;
    }

    void confirm() {
        shown();
        gesture();
    }

    void gesture() {
        browser().follow(PASSKEY);
    }

    void requireLatest(String type, String fate) {
        Told.that(
                type.equals(browser().await(LATEST).getDomAttribute("data-type"))
                        && fate.equals(browser().await(LATEST).getDomAttribute("data-fate")),
                "the latest, " + type + ", is " + fate,
                browser().text());
    }

    private void open(String page) {
        URI address = world.app().resolve(page);
        browser().open(address);
    }
}
