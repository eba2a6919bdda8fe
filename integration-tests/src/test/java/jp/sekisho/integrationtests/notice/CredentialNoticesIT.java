package jp.sekisho.integrationtests.notice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.sekisho.integrationtests.firm.Built;
import jp.sekisho.integrationtests.firm.Firm;
import jp.sekisho.integrationtests.visitor.Page;
import jp.sekisho.integrationtests.visitor.Visitor;
import jp.sekisho.stack.keycloak.Admin;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.mail.Mail;
import jp.sekisho.stack.mail.MailInbox;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.postgres.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever changes a customer's credentials, and whichever way: he is told, and told once. */
// FFAJ-1.2-S2, JP25-9
class CredentialNoticesIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String USERS = "/admin/realms/" + Firm.REALM + "/users";
    private static final String NEW_PASSWORD = "Another-Biwa-ko-67028";
    private static final String PASSWORD_CHANGED = "パスワード変更のお知らせ";
    private static final String PUBLIC_KEY = "pQECAyYgASFYIB_4wO_9WvhfXh4oC4XNPJZdQFt8rT1Vqmxz0V1yYmFhIlgg"
            + "ZDVkNmQ3ZDhkOWRhZGJkY2RkZGVkZmUwZTFlMmUzZTQ";

    @TempDir
    static Path directory;

    private static PostgresServer postgres;
    private static Jdbc database;
    private static MailInbox inbox;
    private static KeycloakServer keycloak;

    @BeforeAll
    static void start() throws Exception {
        postgres = PostgresServer.start();
        database = postgres.createDatabase("keycloak");
        inbox = MailInbox.start(Ports.free(), Ports.free());
        Firm firm = new Firm()
                .mail(inbox.smtpPort())
                .customer("updated", false)
                .customer("bound", false)
                .customer("reset", false)
                .customer("twice", false)
                .customer("overwritten", false)
                .customer("linked", false)
                .customer("required", true)
                .customer("renamed", true)
                .customer("deleted", true);
        keycloak = KeycloakServer.on(Built.onPostgres())
                .home(directory.resolve("keycloak"))
                .database(database)
                .realm(firm.writeTo(directory))
                .start();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {keycloak, inbox, postgres}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    void aPasswordInStaffsUpdateOfTheUserIsTold() throws Exception {
        update("updated", Map.of("type", "password", "value", NEW_PASSWORD));
        assertThat(notices("updated")).containsExactly("password-changed");
        assertToldOnce("updated", PASSWORD_CHANGED);
        // Nothing of where staff sit.
        assertThat(payloads("updated"))
                .singleElement()
                .asString()
                .contains("staff")
                .doesNotContain("127.0.0");
    }

    @Test
    void anAuthenticatorInStaffsUpdateOfTheUserIsTold() throws Exception {
        update(
                "bound",
                Map.of(
                        "type",
                        "otp",
                        "secretData",
                        "{\"value\":\"12345678901234567890\"}",
                        "credentialData",
                        "{\"subType\":\"totp\",\"digits\":6,\"period\":30,\"algorithm\":\"HmacSHA1\"}"));
        assertThat(notices("bound")).containsExactly("authenticator-changed");

        update(
                "bound",
                Map.of(
                        "type",
                        "webauthn-passwordless",
                        "userLabel",
                        "a stranger's",
                        "secretData",
                        "{}",
                        "credentialData",
                        "{\"aaguid\":\"00000000-0000-0000-0000-000000000000\",\"credentialId\":\"AAAA\",\"counter\":0,"
                                + "\"credentialPublicKey\":\"" + PUBLIC_KEY
                                + "\",\"attestationStatementFormat\":\"none\"}"));
        assertThat(notices("bound")).containsExactly("authenticator-changed", "authenticator-changed");
        assertThat(payloads("bound"))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("\"totp\""),
                        one -> assertThat(one).contains("\"passkey\""));
    }

    @Test
    void aPasswordThatStaffResetIsToldOnce() throws Exception {
        keycloak.admin()
                .put(
                        USERS + "/" + id("reset") + "/reset-password",
                        Map.of("type", "password", "value", NEW_PASSWORD, "temporary", false));
        assertThat(notices("reset")).containsExactly("password-changed");
        assertToldOnce("reset", PASSWORD_CHANGED);
    }

    /** Who binds something right after the customer did must not hide behind that notice. */
    // JP25-9
    @Test
    void eachChangeIsToldHoweverSoonTheNextOneFollows() throws Exception {
        keycloak.admin()
                .put(
                        USERS + "/" + id("twice") + "/reset-password",
                        Map.of("type", "password", "value", NEW_PASSWORD, "temporary", false));
        keycloak.admin()
                .put(
                        USERS + "/" + id("twice") + "/reset-password",
                        Map.of("type", "password", "value", "Strangers-67028-ha", "temporary", false));
        assertThat(notices("twice")).containsExactly("password-changed", "password-changed");
    }

    /** He keeps his name and all that is told of a profile; what he logged in with is another one's. */
    // JP25-9
    @Test
    void newCredentialsOfWhomAnImportOverwritesAreTold() throws Exception {
        ObjectNode user = (ObjectNode) user("overwritten");
        user.remove("id");
        user.putArray("credentials").addPOJO(Map.of("type", "password", "value", NEW_PASSWORD));
        keycloak.admin()
                .post(
                        "/admin/realms/" + Firm.REALM + "/partialImport",
                        Map.of("ifResourceExists", "OVERWRITE", "users", List.of(user)));
        assertThat(notices("overwritten")).contains("password-changed");
    }

    /** Who can log in at the provider can log in here. */
    // JP25-9
    @Test
    void aProviderThatStaffLetVouchForACustomerIsTold() throws Exception {
        String providers = "/admin/realms/" + Firm.REALM + "/identity-provider/instances";
        keycloak.admin()
                .post(
                        providers,
                        Map.of(
                                "alias",
                                "elsewhere",
                                "providerId",
                                "oidc",
                                "config",
                                Map.of(
                                        "authorizationUrl", "https://elsewhere.example/auth",
                                        "tokenUrl", "https://elsewhere.example/token",
                                        "clientId", "broker",
                                        "clientSecret", "secret")));
        try {
            String linked = USERS + "/" + id("linked") + "/federated-identity/elsewhere";
            keycloak.admin().post(linked, Map.of("userId", "4711", "userName", "a stranger's"));
            assertThat(notices("linked")).containsExactly("authenticator-changed");
            keycloak.admin().delete(linked);
            assertThat(notices("linked")).containsExactly("authenticator-changed", "authenticator-changed");
        } finally {
            keycloak.admin().delete(providers + "/elsewhere");
        }
    }

    @Test
    void aPasswordThatTheCustomerChangesIsToldOnce() throws Exception {
        Visitor visitor = new Visitor(Firm.app(keycloak.base()));
        visitor.openLogin()
                .password("required", Firm.PASSWORD)
                .otp(Firm.totp(0))
                .remember(true);
        Page form = visitor.openLogin(Map.of("kc_action", "UPDATE_PASSWORD"));
        Page changed = form.submit(
                "#kc-passwd-update-form", Map.of("password-new", NEW_PASSWORD, "password-confirm", NEW_PASSWORD));
        assertThat(changed.parameter("kc_action_status")).as(changed.text()).contains("success");

        assertThat(notices("required")).containsOnlyOnce("password-changed").doesNotContain("authenticator-changed");
        assertToldOnce("required", PASSWORD_CHANGED);
        assertThat(payloads("required"))
                .filteredOn(payload -> payload.contains("\"password\""))
                .singleElement()
                .asString()
                .doesNotContain("staff");
    }

    // FFAJ-1.5-S2
    @Test
    void personalDataThatTheCustomerChangesIsToldOnce() throws Exception {
        String profile = USERS + "/profile";
        JsonNode before = keycloak.admin().get(profile);
        ObjectNode editable = before.deepCopy();
        for (JsonNode attribute : editable.path("attributes")) {
            if (attribute.path("name").asText().equals("lastName")) {
                ((ObjectNode) attribute)
                        .withObject("/permissions")
                        .putArray("edit")
                        .add("admin")
                        .add("user");
            }
        }
        keycloak.admin().put(profile, editable);
        try {
            String token = new Visitor(Firm.app(keycloak.base()))
                    .openLogin()
                    .password("renamed", Firm.PASSWORD)
                    .otp(Firm.totp(0))
                    .remember(true)
                    .tokens()
                    .access();
            ObjectNode account =
                    (ObjectNode) JSON.readTree(account(token, "GET", "").body());
            assertThat(account(token, "POST", account.toString()).statusCode()).isEqualTo(204);
            assertThat(notices("renamed")).as("what is sent back as it was").doesNotContain("profile-changed");
            account.put("lastName", "佐藤");
            assertThat(account(token, "POST", account.toString()).statusCode()).isEqualTo(204);
        } finally {
            keycloak.admin().put(profile, before);
        }
        assertThat(user("renamed").path("lastName").asText()).isEqualTo("佐藤");
        assertThat(notices("renamed")).containsOnlyOnce("profile-changed");
        assertThat(payloads("renamed"))
                .filteredOn(payload -> payload.contains("\"changed\":\"lastName\""))
                .singleElement()
                .asString()
                .doesNotContain("staff", "佐藤", "鈴木");
    }

    private static HttpResponse<String> account(String token, String method, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(keycloak.base().resolve("/realms/" + Firm.REALM + "/account/"))
                                .header("Authorization", "Bearer " + token)
                                .header("Accept", "application/json")
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aCredentialThatStaffDeleteIsTold() throws Exception {
        String id = id("deleted");
        for (JsonNode credential : keycloak.admin().get(USERS + "/" + id + "/credentials")) {
            if (credential.path("type").asText().equals("otp")) {
                keycloak.admin()
                        .delete(USERS + "/" + id + "/credentials/"
                                + credential.path("id").asText());
            }
        }
        assertThat(notices("deleted")).containsExactly("authenticator-changed");
    }

    @Test
    void whoIsRegisteredWithCredentialsIsToldNothing() throws Exception {
        keycloak.admin()
                .post(
                        USERS,
                        Map.of(
                                "username",
                                "newcomer",
                                "enabled",
                                true,
                                "email",
                                "newcomer@customer.example",
                                "emailVerified",
                                true,
                                "firstName",
                                "花子",
                                "lastName",
                                "鈴木",
                                "credentials",
                                List.of(
                                        Map.of("type", "password", "value", NEW_PASSWORD),
                                        Map.of(
                                                "type",
                                                "otp",
                                                "secretData",
                                                "{\"value\":\"12345678901234567890\"}",
                                                "credentialData",
                                                "{\"subType\":\"totp\",\"digits\":6,\"period\":30,"
                                                        + "\"algorithm\":\"HmacSHA1\"}"))));
        assertThat(keycloak.admin().get(USERS + "/" + id("newcomer") + "/credentials"))
                .hasSize(2);
        assertThat(notices("newcomer")).isEmpty();
    }

    private static void update(String name, Map<String, Object> credential) {
        Admin admin = keycloak.admin();
        ObjectNode user = (ObjectNode) user(name);
        user.putArray("credentials").addPOJO(credential);
        admin.put(USERS + "/" + user.path("id").asText(), user);
    }

    private static JsonNode user(String name) {
        return keycloak.admin()
                .get(USERS + "?exact=true&briefRepresentation=false&username=" + name)
                .path(0);
    }

    private static String id(String name) {
        return user(name).path("id").asText();
    }

    /** One mail of the kind, and no second one on its way. */
    private static void assertToldOnce(String name, String subject) throws Exception {
        String address = name + "@customer.example";
        inbox.await(mail -> mail.to().equals(address) && mail.subject().contains(subject), Duration.ofMinutes(1));
        assertThat(inbox.mailsTo(address))
                .extracting(Mail::subject)
                .filteredOn(found -> found.contains(subject))
                .hasSize(1);
    }

    private static List<String> notices(String name) throws SQLException {
        return outbox(name, "notice");
    }

    private static List<String> payloads(String name) throws SQLException {
        return outbox(name, "payload");
    }

    /** All that was ever to be sent to the customer: written with the change itself. */
    private static List<String> outbox(String name, String column) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = PostgresServer.connect(database);
                PreparedStatement select =
                        connection.prepareStatement("select " + column + " from sekisho_outbox where user_id = ?")) {
            select.setString(1, id(name));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }
}
