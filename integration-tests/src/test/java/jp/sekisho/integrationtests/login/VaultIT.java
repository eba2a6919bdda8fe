package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jp.sekisho.integrationtests.firm.Built;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.postgres.PostgresServer;
import jp.sekisho.stack.process.ProcessFailed;
import jp.sekisho.stack.secrecy.KeyFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys for personal values from Keycloak's vault, a ring for each realm, and the realms' own keys sealed by them. */
// FFAJ-2.2-S1
class VaultIT {

    @TempDir
    static Path directory;

    private static BuiltDistribution built;
    private static PostgresServer postgres;
    private static Jdbc database;
    private static KeycloakServer one;
    private static final int WRONG = 400;

    @BeforeAll
    static void start() throws Exception {
        built = Built.onPostgres();
        postgres = PostgresServer.start();
        database = postgres.createDatabase("keycloak");
        KeyFile.at(vault("vaulted"));
        one = withKeys("one").start();
        realm("vaulted");
        realm("bare");
    }

    private static Path vault(String realm) {
        return directory.resolve("vault").resolve("master_personal-values." + realm);
    }

    private static KeycloakServer.Builder node(String name) {
        return KeycloakServer.on(built)
                .home(directory.resolve(name))
                .database(database)
                .clustered()
                .option("vault-dir", directory.resolve("vault").toString());
    }

    private static KeycloakServer.Builder withKeys(String name) {
        return node(name)
                .option("spi-sekisho-secrecy--aes--vault-entry", "personal-values")
                .option("spi-sekisho-secrecy--aes--refresh-interval", "PT1S");
    }

    private static void realm(String name) {
        one.admin().post("/admin/realms", Map.of("realm", name, "enabled", true));
        one.admin()
                .post(
                        "/admin/realms/" + name + "/components",
                        Map.of(
                                "name", "policy",
                                "providerId", "sekisho-policy",
                                "providerType", "jp.sekisho.checkpoint.policy.PolicyProvider",
                                "config", Map.of("profile", List.of("ffaj-2021"))));
        one.admin()
                .post(
                        "/admin/realms/" + name + "/users",
                        Map.of(
                                "username",
                                "taro",
                                "enabled",
                                true,
                                "credentials",
                                List.of(Map.of("type", "password", "value", "Kawaranai-Yama-1"))));
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {one, postgres}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    void aRealmsKeyIsSealedByItsEntryAndOpensOnEveryNodeThatHasItAfterARotationToo() throws Exception {
        assertThat(guess(one, "vaulted")).isEqualTo(WRONG);
        assertThat(secret("vaulted")).matches("first:[A-Za-z0-9+/=]+");
        List<String> customers = customers("vaulted");
        assertThat(customers).hasSize(1);

        new KeyFile(vault("vaulted")).rotateTo("second");
        World.await("the new key seals", () -> secret("vaulted").startsWith("second:"));
        assertThat(guess(one, "vaulted")).isEqualTo(WRONG);
        try (KeycloakServer two = withKeys("two").start()) {
            assertThat(guess(two, "vaulted")).isEqualTo(WRONG);
        }
        assertThat(customers("vaulted")).as("the same customer").isEqualTo(customers);
        assertThat(failures("vaulted")).isEqualTo("3");

        try (KeycloakServer three = node("three").start()) {
            String failures = failures("vaulted");
            assertThat(guess(three, "vaulted"))
                    .as("a node that lost its keys finds nobody's records")
                    .isGreaterThanOrEqualTo(500);
            assertThat(failures("vaulted")).isEqualTo(failures);
        }
    }

    @Test
    void whatWasMadeWithoutAKeyIsSealedWhenThereIsOne() throws Exception {
        assertThat(guess(one, "bare")).isEqualTo(WRONG);
        assertThat(secret("bare")).matches("[0-9a-f]{64}");
        List<String> customers = customers("bare");

        KeyFile.at(vault("bare"));
        World.await("the key is sealed", () -> secret("bare").startsWith("first:"));
        assertThat(guess(one, "bare")).isEqualTo(WRONG);
        assertThat(customers("bare")).as("the same customer").hasSize(1).isEqualTo(customers);
    }

    /** Whoever edits the realm would have Keycloak send them to a host of his as well. */
    @Test
    void noConfigurationOfARealmNamesItsKeys() throws Exception {
        Files.writeString(vault("vaulted").resolveSibling("vaulted_ordinary"), "an ordinary secret");
        assertThat(named("ordinary", "an ordinary secret"))
                .as("what the realm's vault has for its own use")
                .isEqualTo(200);
        String keys = Files.readString(vault("vaulted"));
        for (String entry : List.of(
                "personal-values",
                "personal-values.vaulted",
                "_personal-values.vaulted",
                "master_personal-values.vaulted",
                "../master_personal-values.vaulted")) {
            assertThat(named(entry, keys)).as(entry).isEqualTo(401);
        }
    }

    /** Whether a client's secret is what the vault has under this name. @return the status */
    private static int named(String entry, String secret) throws Exception {
        String client = UUID.randomUUID().toString();
        one.admin()
                .post(
                        "/admin/realms/vaulted/clients",
                        Map.of(
                                "clientId",
                                client,
                                "secret",
                                "${vault." + entry + '}',
                                "publicClient",
                                false,
                                "serviceAccountsEnabled",
                                true));
        return token(
                one,
                "vaulted",
                "grant_type=client_credentials&client_id=" + client + "&client_secret="
                        + URLEncoder.encode(secret, StandardCharsets.UTF_8));
    }

    @Test
    void aVaultInWhichEveryRealmNamesEveryEntryStopsTheStart() {
        KeycloakServer.Builder shared =
                withKeys("four").option("spi-vault--file--key-resolvers", "REALM_UNDERSCORE_KEY,KEY_ONLY");
        assertThatThrownBy(() -> shared.start().close())
                .isInstanceOf(ProcessFailed.class)
                .hasMessageContaining("KEY_ONLY");
    }

    /** A wrong password, which is counted for who is meant. @return the status */
    private static int guess(KeycloakServer node, String realm) throws Exception {
        return token(node, realm, "grant_type=password&client_id=admin-cli&username=taro&password=wrong");
    }

    private static int token(KeycloakServer node, String realm, String form) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        node.base().resolve("/realms/" + realm + "/protocol/openid-connect/token"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static String secret(String realm) {
        return query("select secret from sekisho_realm_key k join realm r on r.id = k.realm_id where r.name = '" + realm
                        + "'")
                .get(0);
    }

    private static List<String> customers(String realm) {
        return query("select distinct customer" + counted(realm));
    }

    private static String failures(String realm) {
        return query("select sum(failures)" + counted(realm)).get(0);
    }

    private static String counted(String realm) {
        return " from sekisho_counter c join realm r on r.id = c.realm_id where counter_scope = 'unknown' and r.name = '"
                + realm + "'";
    }

    private static List<String> query(String sql) {
        List<String> found = new ArrayList<>();
        try (Connection connection = PostgresServer.connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
        return found;
    }
}
