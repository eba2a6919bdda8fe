package jp.sekisho.demo.tour;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Visitor.Page;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.proxy.Origin;
import jp.sekisho.stack.proxy.PhishingProxy;

/** What password and code are worth to a phisher, how the customer stops him, and how two officers let the customer in again. */
final class TheftChapter {

    private static final String SIGNED_IN = "nav form";
    private static final String FROZEN = "#sekisho-frozen";
    private static final String RECORD = """
            {"method": "BRANCH", "reference": "SHIBUYA-2026-004711", "evidenceSha256": "%s", "verifiedAt": "%s"}""";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String REASON = "{\"reason\": \"ご本人さまと支店で面談\"}";

    private final Tour.World world;
    private final Customer customer;
    private final Visitor victim;
    private final Visitor thief;
    private final Authenticator authenticator;
    private final Users users;
    private final Inbox inbox;
    private final Teller teller;
    private List<String> stolen = List.of();
    private String letter = "";

    TheftChapter(
            Tour.World world,
            Customer customer,
            Visitor victim,
            Visitor thief,
            Authenticator authenticator,
            Users users,
            Inbox inbox,
            Teller teller) {
        this.world = world;
        this.customer = customer;
        this.victim = victim;
        this.thief = thief;
        this.authenticator = authenticator;
        this.users = users;
        this.inbox = inbox;
        this.teller = teller;
    }

    List<Step> steps() {
        return List.of(
                new Step("Beside it a customer with password and code: the phisher gets his session", this::phished),
                new Step("The stolen session cookie, used in Lagos: it ends", this::stolenCookie),
                new Step(
                        "The trading app's own cookie, used in Lagos: the app asks, and ends its session",
                        this::appCookie),
                new Step("\"This was not me\": everything ends, the account is frozen", this::disowned),
                new Step("The right password of a frozen customer: one page, and no session", this::frozen),
                new Step("Thaw: an identity record, and two officers", this::thaw),
                new Step("Back again: the code of the letter, and a new passkey", this::back));
    }

    private void phished() throws Exception {
        Browser browser = victim.browser();
        try (PhishingProxy phisher = PhishingProxy.start(Ports.free(), world.keycloak(), Origin.OSAKA_MOBILE)) {
            browser.open(phisher.lure(world.loginPage()));
            victim.givePassword(customer.password());
            victim.giveOtpCode(authenticator.unused());
            browser.follow("#sekisho-remember-no");
            Told.that(
                    customer.password().equals(phisher.typed().get("password")),
                    "the phisher reads along",
                    phisher.typed().keySet());
            Told.that(!phisher.sessions().isEmpty(), "the phisher has a session", phisher.typed());
            stolen = phisher.sessions();
        }
        teller.tell("The phisher has the password, a code that is used up, and the cookies of a session.");
        teller.decided(customer, "LOGIN", Set.of("MEDIUM"), "new-device", "little-history");
        Told.that(users.sessions(customer) == 1, "the session lives", users.sessions(customer));
    }

    private void stolenCookie() {
        stolen.forEach(cookie -> thief.browser().takeCookie(cookie, world.realm()));
        thief.openLogin();
        Page page = thief.page();
        Told.that(page == Page.PASSWORD, "the thief is asked to log in", page);
        Told.that(users.sessions(customer) == 0, "the session is over, for everybody", users.sessions(customer));
        teller.tell("Another device than the session began on: asked to log in, and the session ended.");
        teller.nothingDecided(customer);
    }

    private void appCookie() throws Exception {
        Browser browser = victim.browser();
        victim.openLogin();
        Told.that(victim.page() == Page.PASSWORD, "the customer logs in at home", victim.page());
        victim.givePassword(customer.password());
        victim.giveOtpCode(authenticator.unused());
        browser.follow("#sekisho-remember-yes");
        teller.decided(customer, "LOGIN", Set.of("MEDIUM"), "new-device");
        Told.that(victim.page() == Page.TRADING_APP && browser.shows(SIGNED_IN), "he is in", victim.page());
        URI app = world.app().resolve("/");
        thief.browser().takeCookie(browser.cookie("trading-app-session"), app);
        thief.browser().open(app);
        Told.that(
                thief.browser().url().endsWith("/session-ended"),
                "the thief sees nothing",
                thief.browser().url());
        teller.tell(thief.browser().textOf("main [role=alert]"));
        browser.open(app);
        Told.that(!browser.shows(SIGNED_IN), "the app's session is over, for everybody", browser.url());
    }

    private void disowned() throws Exception {
        Browser browser = victim.browser();
        victim.openLogin();
        Told.that(
                victim.page() == Page.TRADING_APP && browser.shows(SIGNED_IN),
                "the trading app has a session of its own",
                victim.page());
        victim.openCustomersPages("activity");
        // The oldest: the phisher's.
        browser.click("#activity-list li:last-child .disown");
        browser.click("#dialog-yes");
        String title = browser.await("the end", () -> browser.shows("main.outside") ? browser.textOf("#title") : null);
        teller.tell(title + " " + browser.textOf("main.outside p"));
        users.await(customer, false);
        browser.await("the end of the trading app's own session", () -> {
            browser.open(world.app());
            return browser.shows(SIGNED_IN) ? null : true;
        });
        teller.tell("The trading app was told, and has ended its own session.");
        inbox.await("ログインとお取引を停止したお知らせ", 1);
    }

    private void frozen() {
        victim.openLogin();
        victim.givePassword(customer.password());
        Browser browser = victim.browser();
        teller.tell(browser.textOf(FROZEN));
        Told.that(users.sessions(customer) == 0, "no session was made", users.sessions(customer));
        teller.decided(customer, "LOGIN_ERROR", Set.of("LOW", "MEDIUM"));
    }

    private void thaw() throws Exception {
        try (Officers officers = Officers.start(world, users)) {
            String one = officers.token(Customer.SATO, "sekisho-officer");
            String other = officers.token(Customer.TAKAHASHI, "sekisho-approver");
            String path = "customers/" + users.id(customer) + "/";
            answers(
                    409,
                    officers.post(one, path + "thaw", REASON),
                    "sato may not propose it without an identity record");
            answers(
                    201,
                    officers.post(one, path + "identity", RECORD.formatted("9f".repeat(32), Instant.now())),
                    "sato records whom the branch has seen");
            answers(204, officers.post(one, path + "thaw", REASON), "sato proposes");
            answers(403, officers.post(one, path + "thaw/approve", REASON), "and cannot approve");
            HttpResponse<String> approved = officers.post(other, path + "thaw/approve", REASON);
            answers(201, approved, "takahashi approves, and gets a code for the customer");
            letter = JSON.readTree(approved.body()).path("code").asText();
        }
        inbox.await("停止の解除の手続きを始めたお知らせ", 1);
        teller.tell("Nothing that a thief may have serves any more, and nothing is open yet.");
    }

    private void answers(int status, HttpResponse<String> answer, String told) {
        Told.that(answer.statusCode() == status, told + ": " + status, answer.statusCode() + " " + answer.body());
        teller.tell(status + "  " + told);
    }

    private void back() throws Exception {
        Browser browser = victim.browser();
        victim.openLogin();
        browser.follow("a[href*=reset-credentials]");
        browser.type("#username", customer.username());
        browser.follow("#sekisho-letter");
        browser.type("#code", letter);
        browser.follow("#sekisho-submit");
        browser.holdPasskeys();
        browser.click("#registerWebAuthn");
        browser.acceptPrompt();
        teller.tell(browser.textOf("#sekisho-provisional"));
        browser.follow("#sekisho-read");
        inbox.await("ログインとお取引を再開したお知らせ", 1);
        Told.that(users.sessions(customer) == 0, "he logs in like anybody", users.sessions(customer));
        victim.openLogin();
        browser.await("#sekisho-read");
        browser.follow("#sekisho-read");
        Page page = victim.page();
        Told.that(page == Page.TRADING_APP, "the passkey is enough", page);
        teller.decided(customer, "LOGIN", Set.of("LOW", "MEDIUM"));
        teller.tell("For a day his sessions change no credential and no address.");
    }
}
