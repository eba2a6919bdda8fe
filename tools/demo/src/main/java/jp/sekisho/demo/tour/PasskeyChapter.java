package jp.sekisho.demo.tour;

import java.util.List;
import java.util.Set;
import jp.sekisho.demo.Customer;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.proxy.Origin;
import jp.sekisho.stack.proxy.PhishingProxy;

/** The same customer gets a passkey and logs in with it; a phisher gets nothing of it. */
final class PasskeyChapter {

    private static final String PASSKEY = "#authenticateWebAuthnButton";

    private final Tour.World world;
    private final Customer customer;
    private final Visitor owner;
    private final Authenticator authenticator;
    private final Users users;
    private final Teller teller;

    PasskeyChapter(
            Tour.World world,
            Customer customer,
            Visitor owner,
            Authenticator authenticator,
            Users users,
            Teller teller) {
        this.world = world;
        this.customer = customer;
        this.owner = owner;
        this.authenticator = authenticator;
        this.users = users;
        this.teller = teller;
    }

    List<Step> steps() {
        return List.of(
                new Step("On the known device: a passkey is enrolled, on the customers' pages", this::enrolment),
                new Step("Login with the passkey: no password, no code", this::login),
                new Step("A phishing site relays everything: the passkey gives it nothing", this::phishing));
    }

    private void enrolment() throws Exception {
        Browser browser = owner.browser();
        users.endSessions(customer);
        owner.openCustomersPages("passkeys");
        owner.givePassword(customer.password());
        browser.await("#none");
        teller.decided(customer, "LOGIN", Set.of("LOW"));
        // What changes a credential asks for more than the password, on the known device, too.
        browser.follow("#add");
        owner.givePassword(customer.password());
        owner.giveOtpCode(authenticator.unused());
        browser.holdPasskeys();
        browser.click("#registerWebAuthn");
        browser.acceptPrompt();
        teller.tell(browser.textOf("#sekisho-provisional"));
        teller.tell("Provisional, because the device is known for minutes and not for 30 days, and nobody has verified"
                + " the customer's identity: whoever stole the password and a code could do the same.");
        browser.follow("#sekisho-read");
        browser.await("#passkey-list .card");
    }

    private void login() {
        users.endSessions(customer);
        Browser browser = owner.browser();
        // The browser offers the passkey by itself, in the field of the name.
        owner.openLogin();
        browser.await("#sekisho-read");
        teller.tell(browser.textOf("#kc-page-title"));
        browser.follow("#sekisho-read");
        Told.that(owner.page() == Visitor.Page.TRADING_APP, "the passkey is enough", owner.page());
        Told.that(browser.shows("#login-factors [data-factor=hwk]"), "the app is told of the passkey", browser.text());
        Told.that(
                browser.shows("#login-level[data-level=mfa]"),
                "as long as it is provisional, no app may rely on it",
                browser.text());
        teller.decided(customer, "LOGIN", Set.of("LOW"));
    }

    private void phishing() {
        users.endSessions(customer);
        Browser browser = owner.browser();
        try (PhishingProxy phisher = PhishingProxy.start(Ports.free(), world.keycloak(), Origin.OSAKA_MOBILE)) {
            browser.open(phisher.lure(world.loginPage()));
            browser.await(PASSKEY);
            teller.tell("The customer is lured to " + phisher.lure(world.keycloak()) + ", which looks the same,");
            browser.follow(PASSKEY);
            String text = browser.text();
            Told.that(text.contains("もう一度お試しください"), "the browser has no passkey for that name", text);
            Told.that(
                    phisher.sessions().isEmpty() && phisher.typed().get("password") == null,
                    "the phisher has nothing",
                    phisher.typed().keySet() + ", " + phisher.sessions());
            teller.tell("and uses his passkey as always: the browser has none for that name. The phisher got nothing.");
            teller.nothingDecided(customer);
        }
    }
}
