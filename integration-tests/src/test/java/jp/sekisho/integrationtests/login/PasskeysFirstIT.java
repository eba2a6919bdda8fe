package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Browser;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/**
 * The profile jp-2025, and how passkeys come to be. Enrolled is under the profile of passwords with the other one's rules of
 * enrolment: who may still use a password there is a matter of its own.
 */
// JP25-1
@LoginTest
class PasskeysFirstIT {

    private static final String PASSKEY = "#authenticateWebAuthnButton";
    private static final String ENROLMENT = """
            {"enrolment":{"provisional":"PT24H"}}""";
    private static final Map<String, String> ENROL = Map.of("kc_action", "webauthn-register-passwordless");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final World world;

    PasskeysFirstIT(World world) {
        this.world = world;
    }

    @Test
    void aPasskeyFromANewDeviceIsProvisionalForADay() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            world.during("changes", ENROLMENT, () -> {
                owner.logIn(customer, customer.password(), ENROL);
                owner.giveOtp(world.otp(customer, 0));
                owner.remember();
                register(browser);
                assertThat(browser.textOf("#sekisho-provisional")).contains("仮登録");
                Pictures.take(owner, "ja", "provisional-enrolled");
                browser.follow("#sekisho-read");
                assertThat(query(owner)).contains("kc_action_status=success");
            });
            world.awaitTold(customer, "パスキー登録のお知らせ");
            world.awaitTold(customer, "認証方法の変更のお知らせ");
            // Whoever enrolled it: the customer goes on with what he has besides.
            assertThat(world.visitor(Origin.TOKYO_HOME).logIn(customer).kind()).isEqualTo(Kind.OTP);
            assertThat(enrolments(customer)).singleElement().satisfies(enrolled -> {
                assertThat(enrolled.path("provisionalUntil").asText()).isNotEmpty();
                assertThat(enrolled.at("/passkey/userVerified").asBoolean()).isTrue();
            });
            world.during("profile", "jp-2025", () -> {
                browser.layPasskeysAside();
                owner.openLogin(Map.of());
                browser.holdPasskeys();
                browser.follow(PASSKEY);
                assertThat(browser.textOf("#kc-page-title")).isEqualTo("パスキーは仮登録中です");
                Pictures.take(owner, "ja", "provisional-login");
                browser.follow("#sekisho-read");
                JsonNode in = tokens(owner);
                assertThat(in.path("acr").asText())
                        .as("no application may rely on it")
                        .isEqualTo("urn:sekisho:acr:mfa");
                assertThat(in.path("amr")).extracting(JsonNode::asText).containsExactly("hwk");
                JsonNode record = last(customer);
                assertThat(record.path("detail").asText()).isEqualTo("provisional-passkey");
                JsonNode passkey = record.path("passkeys").path(0);
                assertThat(passkey.path("aaguid").asText()).matches("[0-9a-f-]{36}");
                assertThat(passkey.path("userVerified").asBoolean(false)).isTrue();
                assertThat(passkey.path("backupEligible").isBoolean()).isTrue();
                assertThat(passkey.path("backedUp").isBoolean()).isTrue();
                assertThat(passkey.path("origin").asText())
                        .isEqualTo(world.base().toString().replaceAll("/$", ""));

                for (String change : List.of("UPDATE_PASSWORD", "webauthn-register-passwordless")) {
                    // Autofill.
                    owner.openLogin(Map.of("kc_action", change));
                    browser.await("#sekisho-read");
                    browser.follow("#sekisho-read");
                    assertThat(query(owner)).as(change).contains("kc_action_status=error");
                }
                owner.openLogin(Map.of("acr_values", "urn:sekisho:acr:phishing-resistant"));
                browser.await("#sekisho-contact");
                browser.await(
                        "a refusal", () -> browser.shows(PASSKEY) || browser.shows("#sekisho-read") ? null : true);
                assertThat(last(customer).path("detail").asText()).isEqualTo("provisional-passkey");
                assertThat(last(customer).path("result").asText()).isEqualTo("REFUSED");
            });
            Visitor elsewhere = world.visitor(Origin.OSAKA_MOBILE);
            App.Tokens opened = elsewhere.enrol(customer, 1).tokens();
            // The customer was told, does not know of it, and calls.
            String stop = "/customers/" + world.id(customer) + "/passkeys/stop";
            String reason = """
                    {"reason": "not his, ticket 4712"}""";
            HttpResponse<String> stopped = LocksIT.asOfficer(world, "POST", stop, reason);
            assertThat(stopped.statusCode()).as(stopped.body()).isEqualTo(204);
            assertThat(world.admin().get(World.realm("/users/" + world.id(customer) + "/sessions")))
                    .as("what it opened ends with it, and nobody knows which that is")
                    .isEmpty();
            assertThat(world.app().refresh(opened.refresh()).statusCode()).isEqualTo(400);
            assertThat(world.tables().evidence(world.realmId(), "PASSKEY_STOPPED"))
                    .anySatisfy(record -> assertThat(record)
                            .contains(
                                    "ticket 4712",
                                    enrolments(customer)
                                            .get(0)
                                            .at("/passkey/credential")
                                            .asText()));
            assertThat(world.admin()
                            .get(World.realm("/users/" + world.id(customer) + "/credentials"))
                            .findValuesAsText("type"))
                    .contains("password", "otp")
                    .doesNotContain("webauthn-passwordless");
            assertThat(LocksIT.asOfficer(world, "POST", stop, reason).statusCode())
                    .isEqualTo(409);
        }
    }

    @Test
    void onADeviceKnownFor30DaysItCountsAtOnceAndAFurtherOneNeedsIt() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            owner.logIn(customer);
            owner.giveOtp(world.otp(customer, 0));
            owner.remember();
            owner.inApp();
            world.tables().trustedEarlier(world.realmId(), world.id(customer), Duration.ofDays(30));
            world.during("changes", ENROLMENT, () -> {
                owner.logIn(customer, customer.password(), ENROL);
                owner.giveOtp(world.otp(customer, 1));
                register(browser);
                assertThat(query(owner)).contains("kc_action_status=success");
                assertThat(enrolments(customer))
                        .singleElement()
                        .satisfies(enrolled ->
                                assertThat(enrolled.has("provisionalUntil")).isFalse());

                // A session in which none was shown, however new: on the known device a password does.
                HighRiskIT.alwaysAtHomeInTokyo(world, customer);
                browser.layPasskeysAside();
                owner.logIn(customer);
                owner.inApp();
                browser.open(world.app().loginPage(ENROL));
                assertThat(browser.shows("#kc-form-login")).as(browser.text()).isTrue();
            });
            world.during("profile", "jp-2025", () -> {
                owner.openLogin(ENROL);
                browser.holdPasskeys();
                browser.follow(PASSKEY);
                assertThat(browser.shows("#registerWebAuthn"))
                        .as(browser.text())
                        .isTrue();
                browser.layPasskeysAside();
                browser.holdNewAuthenticator();
                browser.click("#registerWebAuthn");
                browser.answerPrompt("key of the office");
                assertThat(query(owner)).contains("kc_action_status=success");
                assertThat(enrolments(customer))
                        .hasSize(2)
                        .allSatisfy(enrolled ->
                                assertThat(enrolled.has("provisionalUntil")).isFalse());
                JsonNode record = last(customer);
                assertThat(record.path("acr").asText()).isEqualTo("urn:sekisho:acr:phishing-resistant");
            });
        }
    }

    @Test
    void whoHasNothingButMailCodesEnrolsAProvisionalOneAndNoSecond() throws Exception {
        Customer customer = world.customerWithoutApp();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            world.during("changes", ENROLMENT, () -> {
                owner.logIn(customer, customer.password(), ENROL);
                owner.giveMailCode(world.mailCode(customer, 1));
                register(browser);
                browser.await("#sekisho-provisional");
                browser.follow("#sekisho-read");
                assertThat(query(owner)).contains("kc_action_status=success");
                browser.open(world.app().loginPage(ENROL));
                assertThat(browser.shows("#sekisho-enrolment-refused-form"))
                        .as(browser.text())
                        .isTrue();
                Pictures.take(owner, "ja", "enrolment-refused");
                browser.follow("#sekisho-back");
                assertThat(query(owner)).contains("kc_action_status=cancelled");
            });
            assertThat(enrolments(customer))
                    .singleElement()
                    .satisfies(enrolled ->
                            assertThat(enrolled.has("provisionalUntil")).isTrue());
        }
    }

    @Test
    void twoPasskeysAreAskedWhereThePolicySaysSo() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            owner.enrolPasskey(customer);
            for (String rule : List.of("DEVICE_BOUND", "SECOND")) {
                world.during("changes", "{\"passkey\":{\"LOGIN\":\"" + rule + "\"}}", () -> {
                    // Autofill, with the one that never leaves this device.
                    owner.openLogin(Map.of());
                    if (rule.equals("DEVICE_BOUND")) {
                        assertThat(tokens(owner).path("amr"))
                                .extracting(JsonNode::asText)
                                .containsExactly("hwk");
                    } else {
                        browser.await("a refusal", () -> browser.text().contains("ログインを中止しました") ? true : null);
                        assertThat(last(customer).path("detail").asText()).isEqualTo("passkey-rule");
                    }
                });
            }
        }
    }

    /** A change asked for together with the login requires what its own operation requires; else it waits. */
    // JP25-1
    @Test
    void aChangeThatAnAppAsksForRequiresWhatThePolicySaysOfChanges() throws Exception {
        Customer customer = world.customerWithoutApp();
        String change =
                "{\"requirements\":{\"CREDENTIAL_CHANGE\":{\"LOW\":\"%1$s\",\"MEDIUM\":\"%1$s\",\"HIGH\":\"REFUSED\"}}}";
        for (String required : List.of("PHISHING_RESISTANT", "REFUSED")) {
            world.during("changes", change.formatted(required), () -> {
                Page in = world.visitor(Origin.TOKYO_HOME)
                        .openLogin(Map.of("kc_action", "UPDATE_PASSWORD"))
                        .password(customer.username(), customer.password());
                Page back = in.kind() == Kind.MAIL_CODE
                        ? in.mailCode(world.mailCode(customer, required.equals("REFUSED") ? 2 : 1))
                        : in;
                assertThat(back.kind()).as(back.text()).isEqualTo(Kind.APP);
                assertThat(back.parameter("kc_action_status")).contains("error");
            });
        }
    }

    /** Watching holds nobody, but what a stranger enrols meanwhile is provisional once the realm enforces. */
    // JP25-1
    @Test
    void whatIsEnrolledInMonitorIsProvisionalOnceItIsEnforced() throws Exception {
        Customer customer = world.customer();
        try (BrowserVisitor owner = BrowserVisitor.from(world, Origin.TOKYO_HOME, "ja")) {
            Browser browser = owner.browser();
            world.during(
                    "mode",
                    "monitor",
                    () -> world.during("changes", ENROLMENT, () -> {
                        owner.enrolPasskey(customer);
                        assertThat(browser.shows("#sekisho-provisional")).isFalse();
                        assertThat(enrolments(customer))
                                .singleElement()
                                .satisfies(enrolled -> assertThat(enrolled.has("provisionalUntil"))
                                        .isTrue());
                    }));
            owner.openLogin(Map.of());
            browser.await("#sekisho-provisional");
        }
    }

    @Test
    void aPasswordTellsNothing() throws Exception {
        Customer customer = world.customer();
        Customer other = world.customer();
        world.during("profile", "jp-2025", () -> {
            Page right = world.visitor(Origin.TOKYO_HOME).logIn(customer);
            Page wrong = world.visitor(Origin.TOKYO_HOME).logIn(other, "Not-the-password-1");
            Page unknown =
                    world.visitor(Origin.TOKYO_HOME).openLogin().password("nobody-in-2025", "Not-the-password-1");
            assertThat(right.kind()).isEqualTo(Kind.REFUSED);
            assertThat(HighRiskIT.normalised(wrong)).isEqualTo(HighRiskIT.normalised(right));
            assertThat(HighRiskIT.normalised(unknown)).isEqualTo(HighRiskIT.normalised(right));
            assertThat(last(customer).path("detail").asText()).isEqualTo("password-right");
            assertThat(last(other).path("detail").asText()).isEqualTo("password-wrong");
            // Counted the same: from a device that nobody knows, right and wrong.
            assertThat(world.tables().strangersFailures(world.realmId(), world.id(customer)))
                    .isEqualTo(world.tables().strangersFailures(world.realmId(), world.id(other)))
                    .isEqualTo(1);
        });
        assertThat(world.mailsTo(customer)).as("his firm asks it of all").isEmpty();
        // Nor does he have to change it.
        Visitor later = world.visitor(Origin.TOKYO_HOME);
        assertThat(later.enrol(customer).kind()).isEqualTo(Kind.APP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ja", "en"})
    void thePageBeginsWithThePasskeyAndNeedsNoMouse(String locale) throws Exception {
        Customer customer = world.customer(locale, world.customer().totpKey());
        try (BrowserVisitor visitor = BrowserVisitor.from(world, Origin.TOKYO_HOME, locale)) {
            Browser browser = visitor.browser();
            world.during("profile", "jp-2025", () -> {
                visitor.openLogin(Map.of("ui_locales", locale));
                // The browser gives it when it has drawn the page, which is after the page is there.
                browser.await("the focus", () -> "authenticateWebAuthnButton".equals(browser.focus()) ? true : null);
                assertThat(browser.shows("#kc-login")).isTrue();
                Pictures.take(visitor, locale, "login-passkey-first");
                browser.press(Keys.TAB);
                assertThat(browser.focus()).isEqualTo("username");
                browser.press(customer.username(), Keys.TAB, "Not-the-password-1");
                browser.pressAndFollow(Keys.ENTER);
                Pictures.take(visitor, locale, "login-passkey-first-refused");
                browser.follow("#sekisho-restart");
                assertThat(browser.shows("#kc-form-login")).isTrue();
            });
        }
    }

    private static void register(Browser browser) {
        browser.holdPasskeys();
        browser.click("#registerWebAuthn");
        browser.acceptPrompt();
    }

    private static String query(BrowserVisitor visitor) {
        visitor.inApp();
        return visitor.browser().url();
    }

    private JsonNode tokens(BrowserVisitor visitor) throws Exception {
        return world.app().exchange(visitor.inApp()).idClaims();
    }

    private JsonNode last(Customer customer) throws Exception {
        List<Tables.Record> records = world.records(customer);
        return JSON.readTree(records.get(records.size() - 1).content());
    }

    private List<JsonNode> enrolments(Customer customer) throws Exception {
        String pseudonym = JSON.readTree(world.records(customer).get(0).content())
                .path("customer")
                .asText();
        List<JsonNode> all = new java.util.ArrayList<>();
        for (String content : world.tables().evidence(world.realmId(), "PASSKEY_ENROLLED")) {
            JsonNode record = JSON.readTree(content);
            if (record.path("customer").asText().equals(pseudonym)) {
                all.add(record);
            }
        }
        return all;
    }
}
