package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import jp.sekisho.demo.Customer;
import jp.sekisho.integrationtests.lock.Tables;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Page.Kind;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.proxy.Origin;
import org.junit.jupiter.api.Test;

/** The ordinary way in: asked on a new device, not asked on the known one, recorded and told. */
// FFAJ-1.2-B1, FFAJ-1.2-S2, FFAJ-3-S1
@LoginTest
class LoginIT {

    private static final Map<String, String> UPDATE = Map.of("kc_action", "UPDATE_PASSWORD");

    private final World world;

    LoginIT(World world) {
        this.world = world;
    }

    @Test
    void aFirstLoginIsAskedForMoreAndToldWhyAndTheNextOneOnThatDeviceIsNot() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);

        Page asked = visitor.logIn(customer);
        assertThat(asked.kind()).isEqualTo(Kind.OTP);
        assertThat(asked.reasons()).contains("いつもと違う端末からのログインです。");
        Page remember = asked.otp(world.otp(customer, 0));
        assertThat(remember.kind()).isEqualTo(Kind.REMEMBER);
        assertThat(remember.text()).contains("Chrome (Windows)");
        Page in = remember.remember(true);
        assertThat(in.kind()).isEqualTo(Kind.APP);

        App.Tokens tokens = in.tokens();
        for (JsonNode claims : new JsonNode[] {tokens.idClaims(), tokens.accessClaims()}) {
            assertThat(claims.path("acr").asText()).isEqualTo("urn:sekisho:acr:mfa");
            assertThat(claims.path("amr")).extracting(JsonNode::asText).containsExactlyInAnyOrder("pwd", "otp");
        }
        assertThat(world.records(customer))
                .extracting(Tables.Record::kind, Tables.Record::outcome, Tables.Record::level, Tables.Record::result)
                .containsExactly(
                        tuple("DECISION", "STEP_UP", "MEDIUM", "PENDING"),
                        tuple("RESULT", "STEP_UP", "MEDIUM", "ADMITTED"));
        Tables.Record decision = world.records(customer).get(0);
        assertThat(world.records(customer).get(1).decisionId()).isEqualTo(decision.id());
        JsonNode event = world.event(customer);
        assertThat(event.path("type").asText()).isEqualTo("LOGIN");
        assertThat(event.path("ipAddress").asText()).isEqualTo(Origin.TOKYO_HOME.address());
        assertThat(event.at("/details/sekisho_decision").asText()).isEqualTo(decision.id());
        assertThat(event.at("/details/sekisho_level").asText()).isEqualTo("MEDIUM");
        assertThat(event.at("/details/sekisho_outcome").asText()).isEqualTo("STEP_UP");
        assertThat(event.at("/details/sekisho_reasons").asText()).contains("new-device", "little-history");
        assertThat(event.at("/details/sekisho_policy").asText()).isNotEmpty();

        Page again = visitor.logIn(customer);
        assertThat(again.kind()).isEqualTo(Kind.APP);
        JsonNode claims = again.tokens().accessClaims();
        assertThat(claims.path("acr").asText()).isEqualTo("urn:sekisho:acr:password");
        assertThat(claims.path("amr")).extracting(JsonNode::asText).containsExactly("pwd");
        assertThat(world.records(customer))
                .hasSize(3)
                .last()
                .extracting(Tables.Record::kind, Tables.Record::outcome, Tables.Record::level, Tables.Record::result)
                .containsExactly("DECISION", "ALLOW", "LOW", "ADMITTED");

        // Mails of two logins are sent side by side: which one arrives first is nobody's promise.
        assertThat(world.subjects(customer, 2)).containsExactlyInAnyOrder("【関所証券】新しい端末からのログインのお知らせ", "【関所証券】ログインのお知らせ");
    }

    /** Keycloak keeps whatever a link to the login names as its language with the user. */
    // JP25-9
    @Test
    void aLinkThatNamesNoLanguageOfTheRealmNeitherShutsTheCustomerOutNorSilencesHim() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        String language = "ja-x" + "-abcdefgh".repeat(8);

        String form = visitor.openLogin()
                .document()
                .selectFirst("a[href*=reset-credentials]")
                .absUrl("href")
                .replace("reset-credentials", "authenticate");
        Page in = visitor.get(URI.create(form + "&kc_locale=" + language))
                .password(customer.username(), customer.password())
                .otp(world.otp(customer, 0))
                .remember(true);
        assertThat(in.kind()).as(in.toString()).isEqualTo(Kind.APP);
        world.awaitTold(customer, "新しい端末からのログイン");

        Page again = visitor.logIn(customer);
        assertThat(again.kind()).as(again.toString()).isEqualTo(Kind.APP);
        assertThat(world.subjects(customer, 2)).contains("【関所証券】ログインのお知らせ");
    }

    // FFAJ-5.1-S1
    @Test
    void theLoginPageNamesTheContactPoint() {
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        Page form = visitor.openLogin();
        assertThat(form.document().select("#sekisho-contact").text()).contains("0120-000-000");
        Page wrong = form.password("nobody-has-this-name", "Not-the-password-1");
        assertThat(wrong.kind()).isEqualTo(Kind.PASSWORD);
        assertThat(wrong.document().select("#sekisho-contact").text()).contains("0120-000-000");
    }

    @Test
    void aNoticeNamesTheServiceAsTheCustomerKnowsItInHisLanguage() throws Exception {
        Customer japanese = world.customer();
        Customer english = world.customer("en", japanese.totpKey());
        world.visitor(Origin.TOKYO_HOME).enrol(japanese);
        world.visitor(Origin.TOKYO_HOME).enrol(english);

        assertThat(notice(japanese).text())
                .contains("お取引画面", "Chrome (Windows)", "日本 (Tokyo)")
                .doesNotContain("${", "114.164.71.119");
        assertThat(notice(english).text()).contains("Trading", "Tokyo").doesNotContain("${", "sekishoTradingApp");
    }

    private Mail notice(Customer customer) throws Exception {
        world.subjects(customer, 1);
        return world.mailsTo(customer).get(0);
    }

    @Test
    void aDeviceThatIsNotToBeRememberedIsNot() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        assertThat(visitor.logIn(customer)
                        .otp(world.otp(customer, 0))
                        .remember(false)
                        .kind())
                .isEqualTo(Kind.APP);
        assertThat(visitor.logIn(customer).kind()).isEqualTo(Kind.OTP);
    }

    @Test
    void theSamePasswordFromAnotherCountryOnAnotherDeviceIsAskedForMore() throws Exception {
        Customer customer = world.customer();
        assertThat(world.visitor(Origin.TOKYO_HOME).enrol(customer).kind()).isEqualTo(Kind.APP);

        Visitor stranger = world.visitor(Origin.LAGOS.address(), Visitor.SAFARI);
        Page asked = stranger.logIn(customer);
        assertThat(asked.kind()).isEqualTo(Kind.OTP);
        assertThat(asked.reasons())
                .contains("いつもと違う場所またはネットワークからのログインです。", "いつもと違う端末からのログインです。")
                .doesNotHaveDuplicates();
    }

    @Test
    void whatAnAppAsksForOnAKnownDeviceIsShownAndTold() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        assertThat(visitor.enrol(customer).kind()).isEqualTo(Kind.APP);
        visitor.forgetSession();
        Page asked = visitor.openLogin(Map.of("acr_values", "urn:sekisho:acr:mfa"))
                .password(customer.username(), customer.password());
        assertThat(asked.kind()).isEqualTo(Kind.OTP);
        Page in = asked.otp(world.otp(customer, 1));
        assertThat(in.kind()).as("the device is known already").isEqualTo(Kind.APP);
        assertThat(in.tokens().idClaims().path("acr").asText()).isEqualTo("urn:sekisho:acr:mfa");
        world.awaitTold(customer, "追加のご本人確認によるログインのお知らせ");
    }

    /** A session that a password opened on a known device, and whoever has its cookie, changes no credential. */
    // JP25-1
    @Test
    void aSessionOfAPasswordAloneAsksForMoreBeforeACredentialIsChanged() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        assertThat(home.enrol(customer).kind()).isEqualTo(Kind.APP);
        assertThat(home.logIn(customer).kind()).isEqualTo(Kind.APP);
        assertThat(home.openLogin().kind()).as("single sign-on").isEqualTo(Kind.APP);

        assertThat(home.openLogin(removal(customer)).kind()).isEqualTo(Kind.PASSWORD);
        Page asked = home.openLogin(UPDATE);
        assertThat(asked.kind()).as(asked.text()).isEqualTo(Kind.PASSWORD);
        Page second = asked.password(customer.username(), customer.password());
        assertThat(second.kind()).as(second.text()).isEqualTo(Kind.OTP);
        Page form = second.otp(world.otp(customer, 1));
        assertThat(form.kind()).as(form.text()).isEqualTo(Kind.NEW_PASSWORD);
        Page changed = form.submit(
                "#kc-passwd-update-form",
                Map.of("password-new", "Kasumi-ga-ura-22000", "password-confirm", "Kasumi-ga-ura-22000"));
        assertThat(changed.parameter("kc_action_status")).as(changed.text()).contains("success");
        assertThat(home.openLogin(Map.of("kc_action", "CONFIGURE_TOTP")).shows("#kc-totp-settings-form"))
                .as("the session stands on more now")
                .isTrue();
    }

    /** Whoever has the cookie does not get what staff asked the customer to do. */
    // JP25-1
    @Test
    void whatStaffRequireIsAskedForAsAtALoginUnlessTheSessionHasJustShownAsMuch() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        home.enrol(customer);
        require(customer, "UPDATE_PASSWORD");
        assertThat(home.openLogin().kind()).as("just shown").isEqualTo(Kind.NEW_PASSWORD);
        require(customer);
        assertThat(home.logIn(customer).kind()).as("by password alone").isEqualTo(Kind.APP);
        for (String action :
                List.of("UPDATE_PASSWORD", "CONFIGURE_TOTP", "UPDATE_EMAIL", "webauthn-register-passwordless")) {
            require(customer, action);
            assertThat(home.openLogin().kind()).as(action).isEqualTo(Kind.PASSWORD);
            assertThat(home.openLogin(Map.of("prompt", "none")).parameter("error"))
                    .as(action)
                    .contains("login_required");
        }
        require(customer, "UPDATE_PASSWORD");
        Page asked = home.openLogin();
        assertThat(asked.password(customer.username(), customer.password()).kind())
                .as("at a login it is done")
                .isEqualTo(Kind.NEW_PASSWORD);
        for (String action : List.of("CONFIGURE_TOTP", "UPDATE_EMAIL")) {
            require(customer, action);
            assertThat(home.logIn(customer).kind())
                    .as("the password does not vouch for " + action)
                    .isEqualTo(Kind.OTP);
        }
    }

    @Test
    void whatIsHarmlessOrNotRunAtAllIsNoReasonToAskByCookie() throws Exception {
        Customer customer = world.customer();
        Visitor home = world.visitor(Origin.TOKYO_HOME);
        home.enrol(customer);
        assertThat(home.logIn(customer).kind()).isEqualTo(Kind.APP);
        require(customer, "UPDATE_PROFILE");
        assertThat(home.openLogin().kind()).as("the realm has no such action").isEqualTo(Kind.APP);
        require(customer);
        Letters.ofOne(world, customer);
        Page harmless = home.openLogin();
        assertThat(harmless.kind()).isEqualTo(Kind.POSTAL_CODE);

        require(customer, "sekisho-postal-code", "UPDATE_PASSWORD");
        Page reached = harmless.submit("#sekisho-postal-code-form", Map.of("later", "true"));
        assertThat(reached.kind()).as(reached.text()).isEqualTo(Kind.NEW_PASSWORD);
        Page refused = reached.submit(
                "#kc-passwd-update-form",
                Map.of("password-new", "Kasumi-ga-ura-22000", "password-confirm", "Kasumi-ga-ura-22000"));
        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(home.openLogin().kind()).isEqualTo(Kind.PASSWORD);
    }

    private void require(Customer customer, String... actions) {
        world.admin().put(World.realm("/users/" + world.id(customer)), Map.of("requiredActions", List.of(actions)));
    }

    /** After a consent Keycloak begins the login's event anew. */
    @Test
    void aLoginThatEndsInAConsentTellsItsDecisionAndIsRecordedWithoutTheEventStoreToo() throws Exception {
        String path = World.realm("/clients/"
                + world.admin()
                        .get(World.realm("/clients?clientId=" + world.app().client()))
                        .path(0)
                        .path("id")
                        .asText());
        world.admin().put(path, Map.of("clientId", world.app().client(), "consentRequired", true));
        try {
            Customer customer = world.customer();
            Page in = consented(customer);
            assertThat(in.kind()).as(in.text()).isEqualTo(Kind.APP);
            JsonNode event = world.event(customer);
            assertThat(event.path("type").asText()).isEqualTo("LOGIN");
            assertThat(event.at("/details/consent").asText()).isEqualTo("consent_granted");
            assertThat(event.at("/details/sekisho_decision").asText())
                    .isEqualTo(world.records(customer).get(0).id());

            world.admin().put(World.realm(""), Map.of("eventsEnabled", false));
            Customer unheard = world.customer();
            assertThat(consented(unheard).kind()).isEqualTo(Kind.APP);
            assertThat(world.event(unheard).isMissingNode()).isTrue();
            assertThat(world.records(unheard)).extracting(Tables.Record::result).containsExactly("PENDING", "ADMITTED");
        } finally {
            world.admin().put(World.realm(""), Map.of("eventsEnabled", true));
            world.admin().put(path, Map.of("clientId", world.app().client(), "consentRequired", false));
        }
    }

    private Page consented(Customer customer) throws Exception {
        Page consent = world.visitor(Origin.TOKYO_HOME)
                .logIn(customer)
                .otp(world.otp(customer, 0))
                .remember(false);
        assertThat(consent.shows("#kc-oauth")).as(consent.text()).isTrue();
        return consent.submit(Map.of("accept", "yes"));
    }

    @Test
    void anAuthenticatorAppThatIsRemovedIsTold() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        assertThat(visitor.enrol(customer).kind()).isEqualTo(Kind.APP);
        Page confirm = visitor.openLogin(removal(customer));
        assertThat(confirm.submit(Map.of("accept", "yes")).parameter("kc_action_status"))
                .as(confirm.text())
                .hasValue("success");
        world.awaitTold(customer, "認証方法の変更のお知らせ");
    }

    // JP25-1
    @Test
    void whatThePolicySaysOfChangesIsAskedByCookieToo() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        visitor.enrol(customer);
        assertThat(visitor.openLogin(UPDATE).kind()).as("just shown").isEqualTo(Kind.NEW_PASSWORD);
        for (String changes : List.of(
                "{\"passkey\":{\"CREDENTIAL_CHANGE\":\"DEVICE_BOUND\"}}",
                "{\"requirements\":{\"CREDENTIAL_CHANGE\":{\"LOW\":\"REFUSED\",\"MEDIUM\":\"REFUSED\",\"HIGH\":\"REFUSED\"}}}",
                "{\"requirements\":{\"CREDENTIAL_CHANGE\":{\"LOW\":\"PHISHING_RESISTANT\",\"MEDIUM\":\"PHISHING_RESISTANT\",\"HIGH\":\"REFUSED\"}}}")) {
            world.during(
                    "changes",
                    changes,
                    () -> assertThat(visitor.openLogin(UPDATE).kind())
                            .as(changes)
                            .isEqualTo(Kind.PASSWORD));
        }
    }

    private Map<String, String> removal(Customer customer) {
        JsonNode app = world.admin()
                .get(World.realm("/users/" + world.id(customer) + "/credentials"))
                .valueStream()
                .filter(credential -> credential.path("type").asText().equals("otp"))
                .findFirst()
                .orElseThrow();
        return Map.of("kc_action", "delete_credential:" + app.path("id").asText());
    }

    @Test
    void aWrongCodeAndAUsedCodeAreRefused() throws Exception {
        Customer customer = world.customer();
        Visitor visitor = world.visitor(Origin.TOKYO_HOME);
        String code = world.otp(customer, 0);
        Page asked = visitor.logIn(customer).otp("abcdef");
        assertThat(asked.kind()).isEqualTo(Kind.OTP);
        assertThat(asked.otp(code).remember(false).kind()).isEqualTo(Kind.APP);

        Page used = visitor.logIn(customer).otp(code);
        assertThat(used.kind()).isEqualTo(Kind.OTP);
        assertThat(used.otp(world.otp(customer, 1)).kind()).isEqualTo(Kind.REMEMBER);
    }
}
