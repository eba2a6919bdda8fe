package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** What only a real browser does: passkeys, and how the pages look on small screens. Pictures: target/screenshots. */
// JP25-1
@LoginTest
class BrowserIT {

    private static final String PASSKEY = "#authenticateWebAuthnButton";
    private static final String WRONG = "Not-the-password-1";

    private final World world;

    BrowserIT(World world) {
        this.world = world;
    }

    @Test
    void aPasskeyPassesFromTheRefusedPageAndFromAutofill() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            JsonNode enrolled =
                    world.app().exchange(owner.enrolPasskey(customer)).idClaims();
            assertThat(enrolled.path("acr").asText()).isEqualTo("urn:sekisho:acr:mfa");
            world.awaitTold(customer, "認証方法の変更のお知らせ");

            HighRiskIT.alwaysAtHomeInTokyo(world, customer);

            // Without the token of the device, from a data centre abroad: the password leads to the refusal.
            browser.layPasskeysAside();
            browser.forgetCookiesBut();
            owner.comeFrom(Origin.US_HOSTING);
            owner.logIn(customer);
            assertThat(browser.shows(PASSKEY)).as(browser.text()).isTrue();
            browser.holdPasskeys();
            browser.follow(PASSKEY);
            owner.remember();
            // Somebody knew the password where only the passkey passed.
            owner.newPassword("Hamana-ko-65000");
            JsonNode in = tokens(owner);
            assertThat(in.path("acr").asText()).isEqualTo("urn:sekisho:acr:phishing-resistant");
            assertThat(in.path("amr")).extracting(JsonNode::asText).containsExactly("hwk");
            assertThat(world.records(customer))
                    .last()
                    .extracting(Tables.Record::level, Tables.Record::result)
                    .containsExactly("HIGH", "ADMITTED");

            // Autofill: the browser offers the passkey in the field of the name, nothing is typed.
            owner.openLogin(Map.of());
            assertThat(tokens(owner).path("amr")).extracting(JsonNode::asText).containsExactly("hwk");
        }
    }

    private JsonNode tokens(BrowserVisitor visitor) throws Exception {
        return world.app().exchange(visitor.inApp()).idClaims();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void whoHoldsAPasskeyIsAskedForItAndForNothingWeaker(String locale) throws Exception {
        Customer customer = world.customer(locale, world.customer().totpKey());
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
            Browser browser = owner.browser();
            owner.enrolPasskey(customer);
            browser.layPasskeysAside();
            browser.forgetCookiesBut();
            owner.logIn(customer, customer.password(), Map.of("ui_locales", locale));
            assertThat(browser.textOf("#kc-page-title"))
                    .isEqualTo(locale.equals("ja") ? "パスキーによるご本人確認" : "Confirm with your passkey");
            assertThat(browser.shows("#sekisho-reasons")).isTrue();
            assertThat(browser.shows("#try-another-way")).isFalse();
            Pictures.take(owner, locale, "passkey");

            browser.holdPasskeysUnwilling();
            browser.follow(PASSKEY);
            assertThat(browser.textOf("#sekisho-notice"))
                    .contains(locale.equals("ja") ? "パスキーによる確認ができませんでした" : "The passkey could not be confirmed");
            assertThat(browser.shows("#sekisho-contact")).isTrue();
            assertThat(browser.shows("#try-another-way")).isFalse();
            Pictures.take(owner, locale, "passkey-failed");
            Tables.Record failed = lastRecord(customer);
            assertThat(failed)
                    .extracting(Tables.Record::kind, Tables.Record::level, Tables.Record::result)
                    .containsExactly("RESULT", "MEDIUM", "FAILED");
            assertThat(world.event(customer).path("type").asText()).isEqualTo("LOGIN_ERROR");
            assertThat(world.event(customer).at("/details/sekisho_decision").asText())
                    .isEqualTo(failed.decisionId());

            browser.layPasskeysAside();
            browser.holdPasskeys();
            browser.follow(PASSKEY);
            owner.remember();
            JsonNode in = tokens(owner);
            assertThat(in.path("acr").asText()).isEqualTo("urn:sekisho:acr:phishing-resistant");
            assertThat(in.path("amr")).extracting(JsonNode::asText).containsExactlyInAnyOrder("pwd", "hwk");
            assertThat(lastRecord(customer))
                    .extracting(Tables.Record::decisionId, Tables.Record::outcome, Tables.Record::result)
                    .containsExactly(failed.decisionId(), "STEP_UP", "ADMITTED");

            owner.openTradingPassword(locale);
            Pictures.take(owner, locale, "trading-password");
            browser.type("#password", customer.password());
            browser.type("#password-new", customer.password());
            browser.type("#password-confirm", customer.password());
            browser.follow("#sekisho-submit");
            assertThat(browser.shows("#password-new-error")).isTrue();
            Pictures.take(owner, locale, "trading-password-refused");
        }
    }

    // JP25-11
    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void anOperationIsConfirmedWithOneGesture(String locale) throws Exception {
        Customer customer = world.customer(locale, world.customer().totpKey());
        Backend backend = Backend.ofTheTradingApp(world);
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
            Browser browser = owner.browser();
            owner.enrolPasskey(customer);
            owner.openLogin(Map.of("ui_locales", locale));
            App.Tokens session = world.app().exchange(owner.inApp());
            JsonNode asked = Backend.read(
                    backend.propose(Backend.request(
                            "TRADE",
                            session,
                            "{\"instrument\":\"USD/JPY\",\"side\":\"BUY\",\"positionEffect\":\"OPEN\",\"quantity\":\"10000\","
                                    + "\"amount\":{\"value\":\"1500000\",\"currency\":\"JPY\"}}")),
                    200);
            assertThat(asked.path("decision").asText()).as(asked.toString()).isEqualTo("STEP_UP");
            browser.layPasskeysAside();
            Map<String, String> request =
                    ConfirmIT.request(asked.path("operation").asText());
            request.put("ui_locales", locale);

            browser.open(world.app().pushed(request));
            assertThat(browser.textOf("#sekisho-operation")).contains("USD/JPY", "1,500,000 JPY");
            Pictures.take(owner, locale, "confirm");
            browser.holdPasskeys();
            browser.follow(PASSKEY);

            JsonNode confirmed = tokens(owner);
            assertThat(confirmed.path("operation").asText())
                    .isEqualTo(asked.path("operation").asText());
            assertThat(confirmed.path("acr").asText()).isEqualTo("urn:sekisho:acr:operation");
        }
    }

    // FFAJ-1.2-S3
    @Test
    void aLockThatBeganSinceThePasswordStopsThePasskey() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            owner.enrolPasskey(customer);
            browser.layPasskeysAside();
            browser.forgetCookiesBut();
            owner.logIn(customer);
            world.tables().locked(world.realmId(), world.id(customer));
            browser.holdPasskeys();
            browser.follow(PASSKEY);
            assertThat(browser.shows("ul.sekisho-next")).isTrue();
            assertThat(lastRecord(customer).result()).isEqualTo("LOCKED");
        }
    }

    private Tables.Record lastRecord(Customer customer) throws Exception {
        List<Tables.Record> records = world.records(customer);
        return records.get(records.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void everyPageFitsASmallScreenAndCanBeRead(String locale) throws Exception {
        Customer withApp = world.customer(locale, world.customer().totpKey());
        Customer without = world.customer(locale, "");
        Customer unusual = world.customer(locale, "");
        HighRiskIT.alwaysAtHomeInTokyo(world, unusual);
        try (BrowserVisitor visitor = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
            Map<String, String> language = Map.of("ui_locales", locale);
            visitor.openLogin(language);
            Pictures.take(visitor, locale, "login");
            visitor.browser().follow("a[href*=reset-credentials]");
            Pictures.take(visitor, locale, "reset-name");
            visitor.browser().type("#username", withApp.username());
            visitor.browser().follow("#sekisho-submit");
            Pictures.take(visitor, locale, "reset-code");
            visitor.openLogin(language);
            visitor.browser().follow("a[href*=reset-credentials]");
            visitor.browser().type("#username", withApp.username());
            visitor.browser().follow("#sekisho-passkey-lost");
            Pictures.take(visitor, locale, "recovery");
            visitor.logIn(withApp, WRONG, language);
            Pictures.take(visitor, locale, "login-wrong");
            visitor.logIn(withApp, withApp.password(), Map.of("ui_locales", locale, "kc_action", "UPDATE_PASSWORD"));
            Pictures.take(visitor, locale, "otp");
            visitor.giveOtp("abcdef");
            Pictures.take(visitor, locale, "otp-wrong");
            visitor.giveOtp(world.otp(withApp, 0));
            Pictures.take(visitor, locale, "remember");
            visitor.remember();
            Pictures.take(visitor, locale, "new-password");
            visitor.newPassword("short");
            Pictures.take(visitor, locale, "new-password-refused");
            visitor.logIn(without, without.password(), language);
            Pictures.take(visitor, locale, "mail-code");
            visitor.browser().follow("#sekisho-resend");
            Pictures.take(visitor, locale, "mail-code-resent");
            visitor.giveMailCode("12345");
            Pictures.take(visitor, locale, "mail-code-wrong");
            for (int guess = 1; guess <= 6; guess++) {
                visitor.logIn(without, WRONG, language);
            }
            Pictures.take(visitor, locale, "throttle");
            world.tables().failedBefore(world.realmId(), world.id(without), 9, 9);
            visitor.logIn(without, WRONG, language);
            assertThat(visitor.browser().shows("#sekisho-restart")).isTrue();
            Pictures.take(visitor, locale, "stranger-lock");
            visitor.logIn(
                    withApp,
                    withApp.password(),
                    Map.of("ui_locales", locale, "acr_values", "urn:sekisho:acr:phishing-resistant"));
            assertThat(visitor.browser().shows("#sekisho-contact")).isTrue();
            assertThat(visitor.browser().shows(PASSKEY)).isFalse();
            Pictures.take(visitor, locale, "refused-final");
            visitor.logIn(withApp, WRONG, language);
            world.tables().failedBefore(world.realmId(), world.id(withApp), 9, 9);
            visitor.logIn(withApp, WRONG, language);
            assertThat(visitor.browser().shows("ul.sekisho-next")).isTrue();
            assertThat(visitor.browser().shows("#sekisho-restart")).isFalse();
            Pictures.take(visitor, locale, "lock");
            visitor.comeFrom(Origin.US_HOSTING);
            visitor.logIn(unusual, unusual.password(), language);
            assertThat(visitor.browser().shows(PASSKEY)).isTrue();
            Pictures.take(visitor, locale, "refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void whoTypedTooManyWrongCodesReadsThatHeWaits(String locale) throws Exception {
        Customer customer = world.customer(locale, "");
        try (BrowserVisitor visitor = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
            Browser browser = visitor.browser();
            Runnable stop = () -> {
                visitor.openLogin(Map.of("ui_locales", locale));
                browser.follow("#sekisho-stop");
                guess(browser);
            };
            stop.run();
            assertThat(browser.shows("#sekisho-stop-done")).isTrue();
            guessedTooOften("stop-code", stop);
            assertThat(browser.shows("#sekisho-stop-wait")).isTrue();
            Pictures.take(visitor, locale, "stop-wait");

            visitor.openLogin(Map.of("ui_locales", locale));
            browser.follow("a[href*=reset-credentials]");
            browser.type("#username", customer.username());
            browser.follow("#sekisho-letter");
            Runnable letter = () -> guess(browser);
            letter.run();
            String wrong = browser.textOf("#code-error");
            Pictures.take(visitor, locale, "letter-wrong");
            guessedTooOften("letter", letter);
            assertThat(browser.textOf("#code-error")).isNotEqualTo(wrong);
            Pictures.take(visitor, locale, "letter-wait");
        }
    }

    private static void guess(Browser browser) {
        browser.type("#code", "2345-6789-ABCD");
        browser.follow("#sekisho-submit");
    }

    /** So often from here that the desk has heard of it long since. */
    private void guessedTooOften(String kind, Runnable guess) throws Exception {
        world.tables().triedBefore(world.realmId(), kind, 20);
        guess.run();
        world.tables().waitsUntil(world.realmId(), kind, Instant.now().plusSeconds(3600));
        guess.run();
    }

    @Test
    void anInvitationIsAnsweredInEitherLanguage() throws Exception {
        try (Organizations organizations = Organizations.in(world)) {
            String organization = organizations.found("yamada");
            for (String locale : List.of("ja", "en")) {
                Customer invited = world.customer(locale, world.customer().totpKey());
                assertThat(organizations.invite(organization, invited.email())).isTrue();
                try (BrowserVisitor visitor = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
                    visitor.logIn(invited, invited.password(), Map.of("ui_locales", locale));
                    visitor.giveOtp(world.otp(invited, 0));
                    visitor.remember();
                    Pictures.take(visitor, locale, "invitation");
                    visitor.browser().follow("#sekisho-accept");
                    assertThat(visitor.inApp()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void theLoginNeedsNoMouse() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor visitor = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = visitor.browser();
            visitor.openLogin(Map.of());
            tabTo(browser, "username");
            browser.press(customer.username());
            tabTo(browser, "password");
            browser.press(customer.password());
            browser.pressAndFollow(Keys.ENTER);
            tabTo(browser, "otp");
            browser.press("abcdef");
            browser.pressAndFollow(Keys.ENTER);
            tabTo(browser, "otp");
            browser.press(world.otp(customer, 0));
            tabTo(browser, "kc-login");
            browser.pressAndFollow(Keys.ENTER);
            tabTo(browser, "sekisho-remember-yes");
            browser.pressAndFollow(Keys.SPACE);
            assertThat(tokens(visitor).path("amr")).extracting(JsonNode::asText).containsExactly("pwd", "otp");
        }
    }

    /** Where the page put the focus, or some tabs on. */
    private static void tabTo(Browser browser, String id) {
        for (int tab = 0; tab < 15 && !id.equals(browser.focus()); tab++) {
            browser.press(Keys.TAB);
        }
        assertThat(browser.focus()).isEqualTo(id);
    }

    @Test
    void theBackButtonLeadsToALoginThatCanBeFinished() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor visitor = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = visitor.browser();
            visitor.logIn(customer);
            assertThat(browser.shows("#otp")).isTrue();
            browser.back();
            assertThat(browser.shows("#kc-form-login")).isTrue();
            browser.type("#username", customer.username());
            browser.type("#password", customer.password());
            browser.follow("#kc-login");
            visitor.giveOtp(world.otp(customer, 0));
            assertThat(browser.shows("#sekisho-remember-yes")).isTrue();
            browser.back();
            assertThat(browser.shows("#otp")).isTrue();
            visitor.giveOtp(world.otp(customer, 1));
            assertThat(browser.shows("#loginRestartLink"))
                    .as("the code was taken already; nothing is evaluated twice")
                    .isTrue();
            Pictures.take(visitor, "ja", "expired");
            browser.follow("#loginContinueLink");
            visitor.remember();
            assertThat(visitor.inApp()).isNotEmpty();
        }
    }
}
