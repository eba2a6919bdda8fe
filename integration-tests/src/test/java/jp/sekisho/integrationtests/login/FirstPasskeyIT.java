package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** The first passkey of a customer for whom no password opens anything: with the code that the firm gave him. */
// JP25-1, FFAJ-1.1-S2
@LoginTest
class FirstPasskeyIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LINK = "a[href*=reset-credentials]";
    private static final String NAME = "#sekisho-reset-name-form";
    private static final String LETTER = "#sekisho-letter-form";

    private final World world;

    FirstPasskeyIT(World world) {
        this.world = world;
    }

    @Test
    void aNewCustomerEnrolsItWithTheCodeOfTheFirmAndLogsInWithIt() throws Exception {
        Customer customer = world.customerWithoutApp();
        String code = Letters.ofTwo(world, customer);
        world.during("profile", "jp-2025", () -> {
            assertThat(world.visitor(Origin.TOKYO_HOME).logIn(customer).kind())
                    .as("no password opens anything")
                    .isEqualTo(Kind.REFUSED);
            try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
                Browser browser = owner.browser();
                browser.holdNewAuthenticator();
                owner.openLogin(Map.of());
                browser.follow(LINK);
                browser.type("#username", customer.username());
                browser.follow("#sekisho-letter");
                Pictures.take(owner, "ja", "letter");
                browser.type("#code", "2345-6789-ABCD");
                browser.follow("#sekisho-submit");
                assertThat(browser.shows("#code-error")).isTrue();
                browser.type("#code", code);
                browser.follow("#sekisho-submit");
                browser.click("#registerWebAuthn");
                browser.answerPrompt("phone");
                browser.await("#sekisho-restart, #webauth, #kc-info-message, #backToApplication");
                assertThat(browser.shows("#sekisho-provisional"))
                        .as("it counts at once")
                        .isFalse();
                assertThat(browser.url()).doesNotStartWith(world.app().callback());
                assertThat(world.admin().get(World.realm("/users/" + world.id(customer) + "/sessions")))
                        .as("and is no login")
                        .isEmpty();

                owner.openLogin(Map.of());
                browser.await("#sekisho-remember-form");
                browser.follow("#sekisho-remember-no");
                assertThat(browser.url()).startsWith(world.app().callback());
            }
        });
        world.awaitTold(customer, "認証方法の変更のお知らせ");
        JsonNode login = JSON.readTree(
                world.records(customer).get(world.records(customer).size() - 1).content());
        assertThat(login.toString())
                .contains("\"ADMITTED\"", "PHISHING_RESISTANT")
                .doesNotContain("provisional-passkey");
    }

    /** Whoever made it may be he who types it in. */
    @Test
    void theCodeThatOneOfficerAloneMadeEnrolsAProvisionalOneAndWhereThereAreNoneItEnrolsNobody() throws Exception {
        Customer customer = world.customerWithoutApp();
        String code = Letters.ofOne(world, customer);
        Page nothing = typed(world.visitor(Origin.TOKYO_HOME), customer.username(), code);
        assertThat(nothing.shows("#code-error")).as(nothing.text()).isTrue();
        world.during("profile", "jp-2025", () -> {
            try (BrowserVisitor whoever = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
                Browser browser = whoever.browser();
                browser.holdNewAuthenticator();
                whoever.openLogin(Map.of());
                browser.follow(LINK);
                browser.type("#username", customer.username());
                browser.follow("#sekisho-letter");
                browser.type("#code", code);
                browser.follow("#sekisho-submit");
                browser.click("#registerWebAuthn");
                browser.answerPrompt("phone");
                browser.await("#sekisho-provisional");
            }
        });
        assertThat(enrolments(customer))
                .singleElement()
                .satisfies(row -> assertThat(row).contains("provisionalUntil"));
    }

    /** Typed in after a login, too, it says who he is only where two made it. */
    @Test
    void whoIsLoggedInIsIdentifiedOnlyByTheCodeThatTwoMade() throws Exception {
        assertThat(countsAtOnce(customer -> Letters.ofOne(world, customer))).isFalse();
        assertThat(countsAtOnce(customer -> Letters.ofTwo(world, customer))).isTrue();
    }

    /** How a letter is made. */
    @FunctionalInterface
    private interface Made {
        String code(Customer customer) throws Exception;
    }

    private boolean countsAtOnce(Made letter) throws Exception {
        Customer customer = world.customer();
        String code = letter.code(customer);
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            world.during("changes", "{\"enrolment\":{\"provisional\":\"PT24H\"}}", () -> {
                owner.logIn(customer);
                owner.giveOtp(world.otp(customer, 0));
                owner.remember();
                browser.type("#code", code);
                browser.follow("#sekisho-submit");
                owner.inApp();
                browser.open(world.app().loginPage(Map.of("kc_action", "webauthn-register-passwordless")));
                browser.holdPasskeys();
                browser.click("#registerWebAuthn");
                browser.acceptPrompt();
                World.await("the passkey", () -> !enrolments(customer).isEmpty());
            });
        }
        return !enrolments(customer).get(0).contains("provisionalUntil");
    }

    private List<String> enrolments(Customer customer) {
        try {
            String pseudonym = pseudonym(customer);
            return world.tables().evidence(world.realmId(), "PASSKEY_ENROLLED").stream()
                    .filter(row -> row.contains(pseudonym))
                    .toList();
        } catch (Exception unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private String pseudonym(Customer customer) throws Exception {
        return JSON.readTree(world.records(customer).get(0).content())
                .path("customer")
                .asText();
    }

    @Test
    void nobodyUsesUpTheCodeByGuessingAndTheRightOneServesFromAnAddressOfManyGuessers() throws Exception {
        Customer customer = world.customerWithoutApp();
        String code = Letters.ofTwo(world, customer);
        int heard = guessers();
        for (String source : List.of("203.0.113.40", "203.0.113.43")) {
            Visitor stranger = world.visitor(source, Visitor.CHROME);
            for (int guess = 1; guess <= 12; guess++) {
                assertThat(typed(stranger, customer.username(), "2345-6789-ABCD")
                                .shows("#code-error"))
                        .isTrue();
            }
        }
        assertThat(guessers() - heard).as("the desk hears of each, once").isEqualTo(2);
        JsonNode seen =
                JSON.readTree(LocksIT.asOfficer(world, "GET", "/customers/" + world.id(customer) + "/identity", "")
                        .body());
        assertThat(seen.at("/postalCode/tries").asInt(-1)).isZero();
        Visitor behindIt = world.visitor("203.0.113.40", Visitor.SAFARI);
        World.await(
                "the wait is over",
                () -> typed(behindIt, customer.username(), code).shows("#registerWebAuthn"));
    }

    private int guessers() throws Exception {
        return world.tables().alarmsOfASource(world.realmId(), "letters-tried");
    }

    @Test
    void theCodeServesNobodyWhoHasAPasskeyAndTellsNobodySo() throws Exception {
        Customer owner = world.customer();
        try (BrowserVisitor browser = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            browser.enrolPasskey(owner);
        }
        String second = Letters.ofTwo(world, owner);
        List<String> answers = List.of(
                seen(typed(world.visitor("203.0.113.41", Visitor.CHROME), owner.username(), second), owner.username()),
                seen(typed(world.visitor("203.0.113.42", Visitor.CHROME), "nobody-at-all", second), "nobody-at-all"));
        assertThat(answers.get(0)).contains("確認コードが正しくない").isEqualTo(answers.get(1));
    }

    @Test
    void theCodeEndsAProvisionalOneAndWhateverItOpened() throws Exception {
        Customer customer = world.customer();
        world.during("changes", "{\"enrolment\":{\"provisional\":\"PT24H\"}}", () -> {
            try (BrowserVisitor stranger = BrowserVisitor.from(world, Origin.OSAKA_MOBILE, "ja")) {
                App.Tokens opened =
                        world.app().exchange(stranger.enrolProvisionalPasskey(customer, world.otp(customer, 0)));

                Page right =
                        typed(world.visitor(Origin.TOKYO_HOME), customer.username(), Letters.ofTwo(world, customer));

                assertThat(right.shows("#registerWebAuthn")).as(right.text()).isTrue();
                assertThat(world.app().refresh(opened.refresh()).statusCode()).isEqualTo(400);
                assertThat(world.admin().get(World.realm("/users/" + world.id(customer) + "/sessions")))
                        .isEmpty();
            }
        });
    }

    /**
     * Two tabs of one browser, one root session: the session of who logs in there first has the id of the other's login. At
     * the end of that one Keycloak refuses it; by then the passkey is there, where something else is asked after it.
     */
    @Test
    void aSessionOfSomebodyElseInAnotherTabVouchesForNoPasskey() throws Exception {
        Customer own = world.customer();
        Customer victim = world.customer();
        world.admin()
                .put(
                        World.realm("/users/" + world.id(victim)),
                        Map.of(
                                "requiredActions",
                                List.of("webauthn-register-passwordless", "CONFIGURE_RECOVERY_AUTHN_CODES")));
        try (BrowserVisitor thief = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = thief.browser();
            thief.enrolPasskey(own);
            browser.layPasskeysAside();
            world.during("changes", "{\"enrolment\":{\"provisional\":\"PT24H\"}}", () -> {
                thief.logIn(victim, "Not-the-password-1", Map.of());
                URI kept = URI.create(browser.url());
                browser.holdPasskeys();
                browser.open(world.app().loginPage(Map.of()));
                thief.inApp();
                assertThat(world.admin().get(World.realm("/users/" + world.id(own) + "/sessions")))
                        .isNotEmpty();
                browser.layPasskeysAside();

                browser.open(kept);
                browser.type("#username", victim.username());
                browser.type("#password", victim.password());
                browser.follow("#kc-login");
                thief.giveOtp(world.otp(victim, 0));
                thief.remember();
                browser.holdNewAuthenticator();
                browser.click("#registerWebAuthn");
                browser.acceptPrompt();
                World.await("the passkey", () -> !enrolments(victim).isEmpty());
            });
        }
        assertThat(enrolments(victim))
                .singleElement()
                .satisfies(row -> assertThat(row).contains("provisionalUntil"));
    }

    private static String seen(Page page, String name) {
        return page.text().replace(name, "");
    }

    private static Page typed(Visitor visitor, String name, String code) {
        visitor.forgetSession();
        return visitor.openLogin()
                .follow(LINK)
                .submit(NAME, Map.of("username", name, "letter", "true"))
                .submit(LETTER, Map.of("code", code));
    }
}
