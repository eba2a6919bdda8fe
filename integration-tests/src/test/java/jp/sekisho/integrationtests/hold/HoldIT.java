package jp.sekisho.integrationtests.hold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.integrationtests.firm.Built;
import jp.sekisho.integrationtests.firm.Firm;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.mail.MailInbox;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.postgres.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A session that only a mail code vouches for changes nothing, whichever way it tries. */
class HoldIT {

    private static final Pattern CODE = Pattern.compile("\\b\\d{8}\\b");
    private static final String NEW_PASSWORD = "Another-Biwa-ko-67028";

    @TempDir
    static Path directory;

    private static PostgresServer postgres;
    private static MailInbox inbox;
    private static KeycloakServer keycloak;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresServer.start();
        inbox = MailInbox.start(Ports.free(), Ports.free());
        Firm firm = new Firm()
                .mail(inbox.smtpPort())
                .customer("account", false)
                .customer("action", false)
                .customer("requested", false)
                .customer("required", false)
                .customer("late", false)
                .customer("later", false)
                .customer("mixed", false)
                .customer("gone", false)
                .customer("visiting", false)
                .customer("neighbour", true)
                .customer("strong", true);
        keycloak = KeycloakServer.on(Built.onPostgres())
                .home(directory.resolve("keycloak"))
                .database(postgres.createDatabase("keycloak"))
                .realm(firm.writeTo(directory))
                .start();
        keycloak.admin()
                .post(
                        "/admin/realms/" + Firm.REALM + "/authentication/register-required-action",
                        Map.of("providerId", "TERMS_AND_CONDITIONS", "name", "Terms and Conditions"));
    }

    @AfterAll
    static void stop() throws Exception {
        if (keycloak != null) {
            keycloak.close();
        }
        if (inbox != null) {
            inbox.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void theAccountInterfaceIsRefused() throws Exception {
        Visitor visitor = new Visitor(Firm.app(keycloak.base()));
        String token = logInByMail(visitor, "account", Map.of()).tokens().access();

        HttpResponse<String> answer = changeLanguage(token);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("session_held");
        assertThat(user("account").path("attributes").path("locale").path(0).asText())
                .isEqualTo("ja");

        // No event tells of it.
        String credentials = "/admin/realms/" + Firm.REALM + "/users/"
                + user("account").path("id").asText() + "/credentials";
        String password = keycloak.admin().get(credentials).path(0).path("id").asText();
        HttpResponse<String> renamed =
                account(token, "PUT", "credentials/" + password + "/label", Optional.of(new TextNode("another")));
        assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(403);
        assertThat(renamed.body()).contains("session_held");
        assertThat(keycloak.admin().get(credentials).toString()).doesNotContain("another");
    }

    @Test
    void anActionInTheSameSessionWaitsForABetterLogin() throws Exception {
        Visitor visitor = new Visitor(Firm.app(keycloak.base()));
        logInByMail(visitor, "action", Map.of());

        Page asked = visitor.openLogin(Map.of("kc_action", "UPDATE_PASSWORD"));

        assertThat(asked.kind()).as(asked.text()).isEqualTo(Page.Kind.PASSWORD);
        assertThat(visitor.openLogin().kind()).as("the session goes on").isEqualTo(Page.Kind.APP);
    }

    @Test
    void anActionThatIsRequiredInTheSameSessionWaitsForALogin() throws Exception {
        Visitor visitor = new Visitor(Firm.app(keycloak.base()));
        logInByMail(visitor, "late", Map.of());
        require("late", "UPDATE_PASSWORD");
        assertThat(visitor.openLogin().kind()).isEqualTo(Page.Kind.PASSWORD);
        assertPasswordNotTaken("late");
    }

    /** Required of him while he stands before something harmless. */
    @Test
    void anActionThatIsReachedInTheSameSessionIsRefused() throws Exception {
        Visitor visitor = new Visitor(Firm.app(keycloak.base()));
        logInByMail(visitor, "later", Map.of());
        Page form = reached(visitor, "later");

        Page refused = newPassword(form);

        assertThat(refused.status()).as(refused.text()).isEqualTo(403);
        assertThat(refused.kind()).isNotEqualTo(Page.Kind.APP);
        assertPasswordNotTaken("later");
    }

    private static Page reached(Visitor visitor, String name) {
        require(name, "TERMS_AND_CONDITIONS");
        Page terms = visitor.openLogin();
        assertThat(terms.shows("#kc-accept")).as(terms.text()).isTrue();
        require(name, "TERMS_AND_CONDITIONS", "UPDATE_PASSWORD");
        Page form = terms.submit(Map.of("accept", "yes"));
        assertThat(form.shows("#password-new")).as(form.text()).isTrue();
        return form;
    }

    /** The cookies of two browsers, put together: the login would not find the session that the cookie is of. */
    @Test
    void aSessionPutBesideTheLoginOfAnotherBrowserGoesNowhere() throws Exception {
        Visitor visitor = new Visitor(Firm.app(keycloak.base()));
        logInByMail(visitor, "mixed", Map.of());
        Map<String, String> own = Map.copyOf(visitor.cookies());
        takeLoginOf(another(), visitor);

        for (Map<String, String> parameters :
                List.of(Map.<String, String>of(), Map.of("kc_action", "UPDATE_PASSWORD"))) {
            Page asked = visitor.openLogin(parameters);
            assertThat(asked.kind()).as(asked.text()).isEqualTo(Page.Kind.PASSWORD);
            assertThat(asked.response().body()).doesNotContain("mixed@");
        }
        assertThat(visitor.openLogin(Map.of("prompt", "none")).parameter("error"))
                .contains("login_required");
        visitor.cookies().putAll(own);
        assertThat(visitor.openLogin().kind()).as("the session itself goes on").isEqualTo(Page.Kind.APP);
    }

    /** Logged out with the login of another browser, the session goes, and its own login stays. */
    @Test
    void aLoginByCookieOutlivesItsSessionHeldAndAdmitsNobody() throws Exception {
        Visitor visitor = new Visitor(Firm.app(keycloak.base()));
        logInByMail(visitor, "gone", Map.of());
        Page form = reached(visitor, "gone");
        Visitor leaving = visitor.copy();
        takeLoginOf(another(), leaving);
        leaving.get(keycloak.base().resolve("/realms/" + Firm.REALM + "/protocol/openid-connect/logout"))
                .submit(Map.of("confirmLogout", "yes"));
        assertThat(sessions("gone")).as("it is over").isEmpty();

        Page refused = newPassword(form);

        assertThat(refused.kind()).as(refused.text()).isNotEqualTo(Page.Kind.APP);
        assertThat(sessions("gone")).isEmpty();
        assertPasswordNotTaken("gone");
    }

    @Test
    void anActionRequestedWithTheLoginIsNotEvenShown() throws Exception {
        Visitor visitor = new Visitor(Firm.app(keycloak.base()));
        Page back = logInByMail(visitor, "requested", Map.of("kc_action", "UPDATE_PASSWORD"));
        assertThat(back.parameter("code")).isPresent();
        assertThat(back.parameter("kc_action_status")).contains("error");
    }

    @Test
    void whoMustChangeSomethingFirstIsNotLetInByMailCode() throws Exception {
        require("required", "UPDATE_PASSWORD");
        Visitor visitor = new Visitor(Firm.app(keycloak.base()));
        Page refused = logInByMail(visitor, "required", Map.of());

        assertThat(refused.kind()).isNotEqualTo(Page.Kind.APP);
        assertThat(refused.shows("#password-new")).as(refused.text()).isFalse();
        assertThat(refused.text()).contains("恐れ入りますが、下記の窓");
        assertOldPasswordStands("required");
    }

    @Test
    void aSessionWithABetterFactorIsFree() throws Exception {
        Visitor visitor = new Visitor(Firm.app(keycloak.base()));
        Page remember = visitor.openLogin().password("strong", Firm.PASSWORD).otp(Firm.totp(0));
        Page back = remember.remember(false);
        assertThat(changeLanguage(back.tokens().access()).statusCode()).isEqualTo(204);
        Page changed = newPassword(visitor.openLogin(Map.of("kc_action", "UPDATE_PASSWORD")));
        assertThat(changed.parameter("kc_action_status")).as(changed.text()).contains("success");
    }

    /** Two tabs, one root session, whose id the session takes of who logs in there first. */
    @Test
    void theHeldSessionOfSomebodyElseInAnotherTabHoldsUpNobody() throws Exception {
        Visitor browser = new Visitor(Firm.app(keycloak.base()));
        browser.openLogin()
                .password("neighbour", Firm.PASSWORD)
                .otp(Firm.totp(0))
                .remember(true);
        browser.forgetSession();
        require("neighbour", "UPDATE_PASSWORD", "TERMS_AND_CONDITIONS");
        Page tab = browser.openLogin();
        assertThat(logInByMail(browser, "visiting", Map.of()).kind()).isEqualTo(Page.Kind.APP);

        Page form = tab.password("neighbour", Firm.PASSWORD);
        assertThat(form.shows("#password-new")).as(form.text()).isTrue();
        Page terms = newPassword(form);

        assertThat(terms.shows("#kc-accept")).as(terms.text()).isTrue();
    }

    private static Page logInByMail(Visitor visitor, String name, Map<String, String> more) throws Exception {
        Page asked = visitor.openLogin(more).password(name, Firm.PASSWORD);
        assertThat(asked.shows("#sekisho-mail-code-form")).as(asked.text()).isTrue();
        Mail mail = inbox.await(
                        sent -> sent.to().contains(name + "@")
                                && CODE.matcher(sent.text()).find(),
                        Duration.ofMinutes(1))
                .orElseThrow();
        Matcher code = CODE.matcher(mail.text());
        assertThat(code.find()).isTrue();
        return asked.mailCode(code.group());
    }

    private static HttpResponse<String> changeLanguage(String token) throws Exception {
        ObjectNode account = (ObjectNode) new ObjectMapper()
                .readTree(account(token, "GET", "", Optional.empty()).body());
        account.withObject("/attributes").putArray("locale").add("en");
        return account(token, "POST", "", Optional.of(account));
    }

    private static HttpResponse<String> account(String token, String method, String path, Optional<JsonNode> body)
            throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(keycloak.base().resolve("/realms/" + Firm.REALM + "/account/" + path))
                                .header("Authorization", "Bearer " + token)
                                .header("Accept", "application/json")
                                .header("Content-Type", "application/json")
                                .method(
                                        method,
                                        body.map(JsonNode::toString)
                                                .map(HttpRequest.BodyPublishers::ofString)
                                                .orElseGet(HttpRequest.BodyPublishers::noBody))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static Page newPassword(Page form) {
        return form.submit(
                "#kc-passwd-update-form", Map.of("password-new", NEW_PASSWORD, "password-confirm", NEW_PASSWORD));
    }

    private static void require(String name, String... actions) {
        ObjectNode user = (ObjectNode) user(name);
        List.of(actions).forEach(user.putArray("requiredActions")::add);
        keycloak.admin()
                .put("/admin/realms/" + Firm.REALM + "/users/" + user.path("id").asText(), user);
    }

    private static Visitor another() {
        Visitor other = new Visitor(Firm.app(keycloak.base()));
        other.openLogin();
        return other;
    }

    private static void takeLoginOf(Visitor other, Visitor visitor) {
        other.cookies().forEach((name, value) -> {
            if (name.startsWith("AUTH_SESSION") || name.startsWith("KC_")) {
                visitor.cookies().put(name, value);
            }
        });
    }

    private static JsonNode sessions(String name) {
        return keycloak.admin()
                .get("/admin/realms/" + Firm.REALM + "/users/"
                        + user(name).path("id").asText() + "/sessions");
    }

    private static void assertPasswordNotTaken(String name) {
        Page answer = new Visitor(Firm.app(keycloak.base())).openLogin().password(name, NEW_PASSWORD);
        assertThat(answer.kind()).as(answer.text()).isEqualTo(Page.Kind.PASSWORD);
        assertOldPasswordStands(name);
    }

    private static void assertOldPasswordStands(String name) {
        Visitor again = new Visitor(Firm.app(keycloak.base()));
        Page asked = again.openLogin(Map.of()).password(name, Firm.PASSWORD);
        assertThat(asked.shows("#sekisho-mail-code-form")).as(asked.text()).isTrue();
    }

    private static JsonNode user(String name) {
        return keycloak.admin()
                .get("/admin/realms/" + Firm.REALM + "/users?exact=true&briefRepresentation=false&username=" + name)
                .path(0);
    }
}
