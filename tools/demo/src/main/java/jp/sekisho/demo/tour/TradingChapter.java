package jp.sekisho.demo.tour;

import java.util.List;
import jp.sekisho.demo.Customer;

/** A customer trades, changes her bank account and withdraws; what changes the app's page does not change what we show. */
final class TradingChapter {

    private static final String PASSKEY = "#authenticateWebAuthnButton";
    private static final String SHOWN = "#sekisho-operation";
    private static final String LATEST = ".transaction";

    private final Tour.World world;
    private final Customer customer;
    private final Visitor owner;
    private final Users users;
    private final Inbox inbox;
    private final Teller teller;

    TradingChapter(Tour.World world, Customer customer, Visitor owner, Users users, Inbox inbox, Teller teller) {
        this.world = world;
        this.customer = customer;
        this.owner = owner;
        this.users = users;
        this.inbox = inbox;
        this.teller = teller;
    }

    List<Step> steps() {
        return List.of(
                new Step(
                        "A first order in the trading app: confirmed with the passkey, as we show it",
                        this::firstOrder),
                new Step("Another order of the same session: no question", this::usualOrder),
                new Step(
                        "A page manipulated in the browser sends another bank account: our page shows what was sent",
                        this::manipulated),
                new Step("A change of the bank account, and a withdrawal right after it: held", this::withdrawal));
    }

    private void firstOrder() {
        Browser browser = owner.browser();
        browser.hold(users.passkey(customer), world.keycloak().getHost(), users.id(customer));
        // The browser offers the passkey by itself, in the field of the name.
        owner.openLogin();
        browser.await("#sekisho-remember-form");
        owner.rememberDevice();
        order();
        teller.tell(browser.textOf(SHOWN));
        browser.follow(PASSKEY);
        requireLatest("TRADE", "done");
    }

    private void usualOrder() {
        order();
        requireLatest("TRADE", "done");
    }

    private void order() {
        owner.browser().open(world.app().resolve("/orders"));
        owner.browser().follow("#send");
    }

    private void manipulated() {
        Browser browser = owner.browser();
        openAccount();
        browser.add("document.querySelector('form.fields').addEventListener('submit', () => {"
                + "document.querySelector('#account').value = '7654321'; });");
        browser.follow("#send");
        String shown = browser.textOf(SHOWN);
        Told.that(shown.contains("321") && !shown.contains("567"), "our page shows what was sent", shown);
        teller.tell(shown);
        teller.tell("The customer typed an account that ends in 567, and does not confirm.");
        browser.follow("button[name='not-mine']");
        requireLatest("BANK_ACCOUNT_CHANGE", "over");
        teller.tell(
                "Malware that changes our page, too, is answered by the notice on another channel, the wait of a new"
                        + " account, and limits.");
    }

    private void withdrawal() throws Exception {
        Browser browser = owner.browser();
        openAccount();
        browser.follow("#send");
        browser.follow(PASSKEY);
        requireLatest("BANK_ACCOUNT_CHANGE", "done");
        inbox.await("A bank account was registered", 1);
        browser.open(world.app().resolve("/withdrawals"));
        browser.type("#amount", "500000");
        browser.follow("#send");
        requireLatest("WITHDRAWAL", "held");
        teller.tell(browser.textOf(LATEST));
    }

    private void openAccount() {
        Browser browser = owner.browser();
        browser.open(world.app().resolve("/bank-account"));
        browser.type("#bank", "0001");
        browser.type("#branch", "123");
        browser.type("#account", "1234567");
        browser.type("#holder", customer.lastNameKana() + " " + customer.firstNameKana());
    }

    private void requireLatest(String type, String fate) {
        Browser browser = owner.browser();
        Told.that(
                browser.shows(LATEST + "[data-type='" + type + "'][data-fate='" + fate + "']"),
                type + " is " + fate,
                browser.text());
        Told.that(
                browser.await(LATEST).getDomAttribute("data-fate").equals(fate),
                "the latest is " + fate,
                browser.text());
    }
}
