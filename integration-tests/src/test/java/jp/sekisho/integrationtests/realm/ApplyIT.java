package jp.sekisho.integrationtests.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import jp.sekisho.realmconfig.Apply;
import jp.sekisho.realmconfig.difference.Difference;
import jp.sekisho.realmconfig.server.AdminServer;
import jp.sekisho.realmconfig.server.Credentials;
import jp.sekisho.realmconfig.server.ServerRefused;
import jp.sekisho.realmconfig.shipped.ShippedRealm;
import jp.sekisho.realmconfig.update.LiveRealm;
import jp.sekisho.stack.keycloak.Admin;
import jp.sekisho.stack.keycloak.BuildOptions;
import jp.sekisho.stack.keycloak.BuildOptions.Database;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.keycloak.StockDistribution;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code sekisho apply} does to realms of a real server. */
class ApplyIT {

    private static final Map<String, String> FIRM =
            Map.of("SEKISHO_FIRM_NAME", "山田証券", "SEKISHO_APP_URL", "https://fx.example.jp");

    @TempDir
    static Path directory;

    private static KeycloakServer keycloak;

    @BeforeAll
    static void start() throws Exception {
        Path realm = directory.resolve("broker-realm.json");
        try (InputStream in = ShippedRealm.class.getResourceAsStream(ShippedRealm.RESOURCE)) {
            Files.copy(in, realm);
        }
        var server = KeycloakServer.on(StockDistribution.fromSystemProperties()
                        .build(BuildOptions.named("pack", Database.H2)
                                .withProvidersIn(Path.of(System.getProperty("sekisho.providers")))))
                .home(directory.resolve("keycloak"))
                .realm(realm);
        FIRM.forEach(server::environment);
        keycloak = server.start();
    }

    @AfterAll
    static void stop() {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @Test
    void anImportedRealmIsAsShipped() {
        assertThat(live("broker").differences(ShippedRealm.read("broker", FIRM)))
                .isEmpty();
    }

    @Test
    void anExistingRealmIsBroughtToTheShippedConfigurationAndKeepsWhatTheFirmAdded() {
        Admin admin = keycloak.admin();
        admin.post("/admin/realms", "{\"realm\":\"existing\",\"enabled\":true,\"attributes\":{\"firm\":\"kept\"}}");
        admin.post("/admin/realms/existing/clients", "{\"clientId\":\"firm-app\",\"secret\":\"kept-secret\"}");
        LiveRealm existing = live("existing");
        ShippedRealm shipped = ShippedRealm.read("existing", FIRM);

        assertThat(existing.differences(shipped))
                .extracting(Difference::section)
                .contains("browserFlow", "authenticationFlows", "clients", "roles", "components", "localizationTexts");
        assertThat(existing.update(shipped)).isEmpty();
        assertThat(existing.differences(shipped)).isEmpty();

        JsonNode realm = admin.get("/admin/realms/existing");
        assertThat(realm.path("displayName").asText()).isEqualTo("山田証券");
        assertThat(realm.path("attributes").path("firm").asText()).isEqualTo("kept");
        assertThat(client("existing", "firm-app").path("secret").asText()).isEqualTo("kept-secret");
        assertThat(client("existing", "trading-app").path("redirectUris"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(
                        "https://fx.example.jp/login/oauth2/code/sekisho", "https://fx.example.jp/confirmed");
        JsonNode backend = client("existing", "trading-backend");
        assertThat(backend.path("clientAuthenticatorType").asText()).isEqualTo("client-jwt");
        assertThat(backend.path("rootUrl").asText()
                        + backend.path("attributes").path("jwks.url").asText())
                .isEqualTo("https://fx.example.jp/backend-keys");
    }

    /** A firm that asked about operations before: its apps confirm, and what it decided of its server stays. */
    @Test
    void whoAsksAboutOperationsGetsTheScopeThatSaysWhatWasConfirmed() {
        Admin admin = keycloak.admin();
        LiveRealm asking = live("asking");
        ShippedRealm shipped = ShippedRealm.read("asking", FIRM);
        asking.create(shipped);
        List<String> before = List.of("basic", "acr", "amr", "sekisho");
        for (String page : List.of("cfd-app", "fx-app", "other-app")) {
            admin.post("/admin/realms/asking/clients", Map.of("clientId", page, "defaultClientScopes", before));
        }
        admin.post(
                "/admin/realms/asking/clients",
                Map.of(
                        "clientId",
                        "firm-backend",
                        "standardFlowEnabled",
                        false,
                        "serviceAccountsEnabled",
                        true,
                        "defaultClientScopes",
                        List.of("basic"),
                        "attributes",
                        Map.of("sekisho.operations", "TRADE", "sekisho.front-ends", "cfd-app fx-app gone-app")));
        var backend = (ObjectNode) client("asking", "trading-backend");
        String backendId = backend.path("id").asText();
        backend.put("clientAuthenticatorType", "client-x509");
        backend.withObject("/attributes").put("sekisho.front-ends", "trading-app cfd-app");
        admin.put("/admin/realms/asking/clients/" + backendId, backend);
        String scope = named(admin.get("/admin/realms/asking/client-scopes"), "name", "operation")
                .path("id")
                .asText();
        String app = client("asking", "trading-app").path("id").asText();
        admin.delete("/admin/realms/asking/clients/" + app + "/default-client-scopes/" + scope);
        String account = admin.get("/admin/realms/asking/clients/" + backendId + "/service-account-user")
                .path("id")
                .asText();
        String sekisho = client("asking", "sekisho").path("id").asText();
        String given = "/admin/realms/asking/users/" + account + "/role-mappings/clients/" + sekisho;
        admin.delete(given);

        assertThat(asking.differences(shipped))
                .extracting(difference -> String.join("/", difference.path()))
                .containsExactlyInAnyOrder(
                        "clients/trading-app/defaultClientScopes/operation",
                        "clients/cfd-app/defaultClientScopes/operation",
                        "clients/fx-app/defaultClientScopes/operation",
                        "users/service-account-trading-backend/clientRoles");
        assertThat(asking.update(shipped)).isEmpty();

        for (String page : List.of("cfd-app", "fx-app", "trading-app")) {
            assertThat(client("asking", page).path("defaultClientScopes"))
                    .as(page)
                    .extracting(JsonNode::asText)
                    .contains("operation", "basic", "amr");
        }
        for (String other : List.of("other-app", "firm-backend")) {
            assertThat(client("asking", other).path("defaultClientScopes"))
                    .as(other)
                    .extracting(JsonNode::asText)
                    .doesNotContain("operation");
        }
        assertThat(admin.get(given))
                .extracting(role -> role.path("name").asText())
                .containsExactly("evaluate-operations");
        JsonNode kept = client("asking", "trading-backend");
        assertThat(kept.path("clientAuthenticatorType").asText()).isEqualTo("client-x509");
        assertThat(kept.path("attributes").path("sekisho.front-ends").asText()).isEqualTo("trading-app cfd-app");
    }

    @Test
    void aChangedFlowIsReplacedWhereverItWasBound() {
        Admin admin = keycloak.admin();
        LiveRealm changed = live("changed");
        ShippedRealm shipped = ShippedRealm.read("changed", FIRM);
        changed.create(shipped);
        String bound = named(admin.get("/admin/realms/changed/authentication/flows"), "alias", "sekisho-browser")
                .path("id")
                .asText();
        admin.post(
                "/admin/realms/changed/clients",
                Map.of("clientId", "firm-app", "authenticationFlowBindingOverrides", Map.of("browser", bound)));
        String provider = "/admin/realms/changed/identity-provider/instances";
        admin.post(
                provider,
                Map.of(
                        "alias",
                        "firm-provider",
                        "providerId",
                        "oidc",
                        "postBrokerLoginFlowAlias",
                        "sekisho-provider",
                        "config",
                        Map.of(
                                "clientId", "firm",
                                "authorizationUrl", "https://elsewhere.example/auth",
                                "tokenUrl", "https://elsewhere.example/token")));
        for (String flow : List.of("sekisho-login", "sekisho-provider")) {
            JsonNode steps = admin.get("/admin/realms/changed/authentication/flows/" + flow + "/executions");
            String decision =
                    named(steps, "providerId", "sekisho-decide").path("id").asText();
            admin.delete("/admin/realms/changed/authentication/executions/" + decision);
        }

        assertThat(changed.differences(shipped))
                .isNotEmpty()
                .extracting(Difference::section)
                .containsOnly("authenticationFlows");
        assertThat(changed.update(shipped)).isEmpty();

        JsonNode flows = admin.get("/admin/realms/changed/authentication/flows");
        assertThat(flows.findValuesAsText("alias")).noneMatch(alias -> alias.contains("replaced"));
        assertThat(admin.get(provider + "/firm-provider")
                        .path("postBrokerLoginFlowAlias")
                        .asText())
                .isEqualTo("sekisho-provider");
        assertThat(client("changed", "firm-app")
                        .path("authenticationFlowBindingOverrides")
                        .path("browser")
                        .asText())
                .isEqualTo(named(flows, "alias", "sekisho-browser").path("id").asText())
                .isNotEqualTo(bound);
    }

    @Test
    void aDryRunTellsTheDifferencesAndChangesNothing() throws IOException {
        Admin admin = keycloak.admin();
        admin.post("/admin/realms", "{\"realm\":\"dry\",\"enabled\":true,\"accessTokenLifespan\":3333}");
        JsonNode before = export("dry");

        Ran dry = apply("dry", "--dry-run");
        assertThat(dry.code()).isEqualTo(2);
        assertThat(dry.err()).isEmpty();
        assertThat(dry.out().lines())
                .contains("accessTokenLifespan: 3333 → 300")
                .last()
                .asString()
                .matches("[1-9][0-9]+ differences\\.");
        assertThat(dry.out().lines()).filteredOn(line -> line.contains(" → ")).hasSizeGreaterThan(10);
        assertThat(export("dry")).isEqualTo(before);

        assertThat(apply("dry").code()).isZero();
        JsonNode applied = export("dry");
        assertThat(applied).isNotEqualTo(before);

        Ran again = apply("dry", "--dry-run");
        assertThat(again.code()).isZero();
        assertThat(again.out()).isEqualTo("No differences." + System.lineSeparator());
        assertThat(apply("dry").code()).isZero();
        assertThat(export("dry")).isEqualTo(applied);
    }

    @Test
    void aDryRunOfARealmThatIsNotThereCreatesNone() throws IOException {
        Ran dry = apply("absent", "--dry-run");
        assertThat(dry.code()).isEqualTo(2);
        assertThat(dry.out()).contains("realm absent: (absent) → created");
        assertThat(live("absent").exists()).isFalse();
    }

    @Test
    void whatFailsHasACodeOfItsOwn() throws IOException {
        Path wrong = Files.writeString(directory.resolve("wrong"), "wrong");
        Ran refused = apply("broker", "--dry-run", "--password-file", wrong.toString());
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("Administrator[admin]");
        assertThat(apply("broker", "--dry-rum").code()).isEqualTo(64);
    }

    private record Ran(int code, String out, String err) {}

    /** The command as it is typed. */
    private static Ran apply(String realm, String... more) throws IOException {
        List<String> arguments =
                new ArrayList<>(List.of("--server", keycloak.base().toString(), "--realm", realm, "--user", "admin"));
        if (!List.of(more).contains("--password-file")) {
            arguments.addAll(List.of(
                    "--password-file",
                    Files.writeString(directory.resolve("password"), "admin\n").toString()));
        }
        arguments.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Apply.command()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }

    private static JsonNode export(String realm) {
        return keycloak.admin()
                .post("/admin/realms/" + realm + "/partial-export?exportClients=true&exportGroupsAndRoles=true", "");
    }

    @Test
    void aServerWithoutAStepIsLeftAlone() throws IOException {
        var newer = (ObjectNode) new ObjectMapper()
                .readTree(ShippedRealm.read("missing", FIRM)
                        .importable()
                        .toString()
                        .replace("sekisho-decide", "sekisho-decide-better"));

        assertThatThrownBy(() -> live("missing").create(ShippedRealm.of(newer)))
                .isInstanceOf(ServerRefused.class)
                .hasMessageContaining("sekisho-decide-better")
                .hasMessageContaining("providers/");
        assertThat(live("missing").exists()).isFalse();
    }

    @Test
    void aWrongPasswordIsSaid() {
        var server =
                new AdminServer(keycloak.base(), new Credentials.Administrator("admin", "wrong"), Clock.systemUTC());
        assertThatThrownBy(() -> new LiveRealm(server, "broker").exists())
                .isInstanceOf(ServerRefused.class)
                .hasMessageContaining("Administrator[admin]")
                .hasMessageNotContaining("wrong]");
    }

    private static LiveRealm live(String realm) {
        var credentials = new Credentials.Administrator("admin", "admin");
        return new LiveRealm(new AdminServer(keycloak.base(), credentials, Clock.systemUTC()), realm);
    }

    private static JsonNode client(String realm, String clientId) {
        return keycloak.admin()
                .get("/admin/realms/" + realm + "/clients?clientId=" + clientId)
                .path(0);
    }

    private static JsonNode named(JsonNode list, String field, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(element -> element.path(field).asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
