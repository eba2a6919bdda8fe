package jp.sekisho.demo.tour;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jp.sekisho.demo.Customer;

/** A customer trades, changes her bank account and withdraws; what changes the app's page does not change what we show. */
final class TradingChapter {

    private static final String PASSKEY = "#authenticateWebAuthnButton";
    private static final String SHOWN = "#sekisho-operation";
    private static final String LATEST = ".transaction";
    private static final String SEND = "#send";
    private static final String GO_ON = LATEST + "[data-type='WITHDRAWAL'] form[action$='/go-on'] button";

    /** Longer than a new bank account waits under the demo's policy. */
    private static final Duration WAIT = Duration.ofMinutes(2);

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
                new Step("The trading app: a first order, confirmed with the passkey as we show it", this::firstOrder),
                new Step("A usual order: no question", this::usualOrder),
                new Step("An order a hundred times as large: asked, confirmed, told", this::unusualOrder),
                new Step("A bank account is registered; a withdrawal right after it is held", this::heldWithdrawal),
                new Step("The account's wait is over: what was held goes on, and is confirmed", this::waited),
                new Step("A withdrawal to an account that is known by now: confirmed at once", this::withdrawal),
                new Step(
                        "A page manipulated in the browser sends another account: our page shows what was sent",
                        this::manipulated));
    }

    private void firstOrder() {
        Browser browser = owner.browser();
        browser.hold(users.passkey(customer), world.keycloak().getHost(), users.id(customer));
        // The browser offers the passkey by itself, in the field of the name.
        owner.openLogin();
        browser.await("#sekisho-remember-form");
        owner.rememberDevice();
        order("USD/JPY", "10000");
        confirm();
        requireLatest("TRADE", "done");
    }

    private void usualOrder() {
        order("USD/JPY", "12000");
        requireLatest("TRADE", "done");
    }

    private void unusualOrder() throws Exception {
        order("EUR/JPY", "1000000");
        confirm();
        requireLatest("TRADE", "done");
        inbox.await("Your order was executed", 3);
    }

    private void heldWithdrawal() throws Exception {
        openAccount();
        owner.browser().follow(SEND);
        confirm();
        requireLatest("BANK_ACCOUNT_CHANGE", "done");
        inbox.await("A bank account was registered", 1);
        askForWithdrawal();
        requireLatest("WITHDRAWAL", "held");
        teller.tell(owner.browser().textOf(LATEST));
    }

    private void manipulated() {
        Browser browser = owner.browser();
        openAccount();
        browser.add("document.querySelector('form.fields').addEventListener('submit', () => {"
                + "document.querySelector('#account').value = '7654321'; });");
        browser.follow(SEND);
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

    private void waited() throws Exception {
        Browser browser = owner.browser();
        Instant deadline = Instant.now().plus(WAIT);
        while (!browser.shows(GO_ON)) {
            Told.that(Instant.now().isBefore(deadline), "the account's wait ends", browser.text());
            // As a customer would: wait, and look again.
            Thread.sleep(1_000);
            browser.open(world.app().resolve("/transactions"));
        }
        browser.follow(GO_ON);
        confirm();
        requireLatest("WITHDRAWAL", "done");
        inbox.await("Money was withdrawn", 1);
    }

    private void withdrawal() {
        askForWithdrawal();
        confirm();
        requireLatest("WITHDRAWAL", "done");
    }

    private void order(String pair, String units) {
        Browser browser = owner.browser();
        browser.open(world.app().resolve("/orders"));
        browser.choose("#pair", pair);
        browser.type("#units", units);
        browser.follow(SEND);
    }

    private void askForWithdrawal() {
        Browser browser = owner.browser();
        browser.open(world.app().resolve("/withdrawals"));
        browser.type("#amount", "50000");
        browser.follow(SEND);
    }

    private void openAccount() {
        Browser browser = owner.browser();
        browser.open(world.app().resolve("/bank-account"));
        browser.type("#bank", "0001");
        browser.type("#branch", "123");
        browser.type("#account", "1234567");
        browser.type("#holder", customer.lastNameKana() + " " + customer.firstNameKana());
    }

    private void confirm() {
        teller.tell(owner.browser().textOf(SHOWN));
        owner.browser().follow(PASSKEY);
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
