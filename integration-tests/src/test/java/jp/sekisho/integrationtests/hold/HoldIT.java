package jp.sekisho.integrationtests.hold;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.integrationtests.firm.Firm;
import jp.sekisho.integrationtests.firm.Visitor;
import jp.sekisho.integrationtests.firm.Visitor.Page;
import jp.sekisho.stack.keycloak.BuildOptions;
import jp.sekisho.stack.keycloak.BuildOptions.Database;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.keycloak.StockDistribution;
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
                .customer("strong", true);
        keycloak = KeycloakServer.on(StockDistribution.fromSystemProperties()
                        .build(BuildOptions.named("it", Database.POSTGRES)
                                .withProvidersIn(Path.of(System.getProperty("sekisho.providers")))))
                .home(directory.resolve("keycloak"))
                .database(postgres.createDatabase("keycloak"))
                .realm(firm.writeTo(directory))
                .start();
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
        Visitor visitor = new Visitor(keycloak.base());
        String token = visitor.token(logInByMail(visitor, "account", Map.of()));

        HttpResponse<String> answer = changeLanguage(visitor, token);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(answer.body()).contains("session_held");
        assertThat(user("account").path("attributes").path("locale").path(0).asText())
                .isEqualTo("ja");
    }

    @Test
    void anActionInTheSameSessionIsRefused() throws Exception {
        Visitor visitor = new Visitor(keycloak.base());
        logInByMail(visitor, "action", Map.of());
        Page form = visitor.authorize(Map.of("kc_action", "UPDATE_PASSWORD"));
        assertThat(form.shows("password-new")).as(form.html()).isTrue();

        Page refused = newPassword(visitor, form);

        assertThat(refused.status()).as(refused.html()).isEqualTo(403);
        assertThat(refused.callback()).isEmpty();
        assertOldPasswordStands("action");
    }

    @Test
    void anActionRequestedWithTheLoginIsNotEvenShown() throws Exception {
        Visitor visitor = new Visitor(keycloak.base());
        Page back = logInByMail(visitor, "requested", Map.of("kc_action", "UPDATE_PASSWORD"));
        assertThat(back.parameter("code")).isPresent();
        assertThat(back.parameter("kc_action_status")).contains("error");
    }

    @Test
    void whoMustChangeSomethingFirstIsNotLetInByMailCode() throws Exception {
        ObjectNode user = (ObjectNode) user("required");
        user.putArray("requiredActions").add("UPDATE_PASSWORD");
        keycloak.admin()
                .put("/admin/realms/" + Firm.REALM + "/users/" + user.path("id").asText(), user);
        Visitor visitor = new Visitor(keycloak.base());
        Page refused = logInByMail(visitor, "required", Map.of());

        assertThat(refused.callback()).isEmpty();
        assertThat(refused.shows("password-new")).as(refused.html()).isFalse();
        assertThat(refused.html()).contains("恐れ入りますが、下記の窓");
        assertOldPasswordStands("required");
    }

    @Test
    void aSessionWithABetterFactorIsFree() throws Exception {
        Visitor visitor = new Visitor(keycloak.base());
        Page remember = visitor.totp(visitor.password(visitor.authorize(Map.of()), "strong"), 0);
        Page back = visitor.submit(remember, Map.of("remember", "no"));
        assertThat(changeLanguage(visitor, visitor.token(back)).statusCode()).isEqualTo(204);
        Page changed = newPassword(visitor, visitor.authorize(Map.of("kc_action", "UPDATE_PASSWORD")));
        assertThat(changed.parameter("kc_action_status")).as(changed.html()).contains("success");
    }

    private static Page logInByMail(Visitor visitor, String name, Map<String, String> more) throws Exception {
        Page asked = visitor.password(visitor.authorize(more), name);
        assertThat(asked.shows("sekisho-mail-code-form")).as(asked.html()).isTrue();
        Mail mail = inbox.await(
                        sent -> sent.to().contains(name + "@")
                                && CODE.matcher(sent.text()).find(),
                        Duration.ofSeconds(20))
                .orElseThrow();
        Matcher code = CODE.matcher(mail.text());
        assertThat(code.find()).isTrue();
        return visitor.submit(asked, Map.of("code", code.group()));
    }

    private static HttpResponse<String> changeLanguage(Visitor visitor, String token) throws Exception {
        ObjectNode account = (ObjectNode) new ObjectMapper()
                .readTree(visitor.account(token, "GET", "/", Optional.empty()).body());
        account.withObject("/attributes").putArray("locale").add("en");
        return visitor.account(token, "POST", "/", Optional.of(account));
    }

    private static Page newPassword(Visitor visitor, Page form) throws Exception {
        return visitor.submit(form, Map.of("password-new", NEW_PASSWORD, "password-confirm", NEW_PASSWORD));
    }

    private static void assertOldPasswordStands(String name) throws Exception {
        Visitor again = new Visitor(keycloak.base());
        Page asked = again.password(again.authorize(Map.of()), name);
        assertThat(asked.shows("sekisho-mail-code-form")).as(asked.html()).isTrue();
    }

    private static JsonNode user(String name) {
        return keycloak.admin()
                .get("/admin/realms/" + Firm.REALM + "/users?exact=true&briefRepresentation=false&username=" + name)
                .path(0);
    }
}
