package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.sekisho.checkpoint.policy.PolicyProvider;
import jp.sekisho.stack.postgres.PostgresServer;
import org.junit.jupiter.api.Test;

/** A realm that is an eKYC vendor vouches for who comes from there to the firm's. */
// FFAJ-1.1-S1, FFAJ-1.1-B1
@LoginTest
class VerifiedClaimsIT {

    private static final String VENDOR = "ekyc-vendor";
    private static final String FIRM = "ekyc-firm";
    private static final String CALLBACK = "http://localhost/app";
    private static final String TRANSACTION = "vendor-transaction-4711";
    private static final String CLAIMS = """
            {"verification":{"trust_framework":"jp_aml","time":"2026-05-11T14:29:00+09:00",
             "evidence":[{"type":"document","check_details":[{"check_method":"vpip","txn":"%s"}]}]},
             "claims":{"family_name":"鈴木"}}""".formatted(TRANSACTION);

    /** The provider asked for more than a password: the firm asks for nothing more. */
    private static final String CHANGES = """
            {"requirements":{"LOGIN":{"LOW":"NOTHING","MEDIUM":"NOTHING","HIGH":"NOTHING"}}}""";

    private final World world;

    VerifiedClaimsIT(World world) {
        this.world = world;
    }

    /** A login at the provider ends in our steps, or nowhere. */
    @Test
    void whatATrustedProviderVerifiedIsRecordedOnceWithItsOwnTime() throws Exception {
        vendor();
        firm();
        assertThat(logIn("taro")).as("no step of ours after the provider's").matches("(?s)(403|500).*");
        assertThat(records()).as("what is undone leaves no record").isEmpty();

        endInOurSteps();
        for (int login = 1; login <= 2; login++) {
            assertThat(logIn("hanako")).as("login " + login).startsWith(CALLBACK);
        }
        List<String> records = records();
        // The second mapper names another provider, the third rules that the vendor does not say it followed.
        assertThat(records).singleElement().asString().matches("EKYC ekyc null 1778477340000 [a-z]+:\\S+ [0-9a-f]{64}");
        assertThat(records.get(0)).doesNotContain(TRANSACTION);
        assertThat(world.tables().evidence(FIRM, "IDENTITY"))
                .singleElement()
                .asString()
                .contains("\"provider\":\"ekyc\"");

        moreIsAskedFor();
        assertThat(logIn("jiro")).as("the flow has no step for it").doesNotStartWith(CALLBACK);
        assertThat(world.tables().evidence(FIRM, "RESULT")).anyMatch(row -> row.contains("factor-not-shown"));
    }

    /** @return where it ends */
    private String logIn(String name) throws Exception {
        Wanderer wanderer = new Wanderer(world.base());
        HttpResponse<String> form = wanderer.get(URI.create(world.base() + "/realms/" + FIRM
                + "/protocol/openid-connect/auth?response_type=code&scope=openid&client_id=app&kc_idp_hint=ekyc"
                + "&redirect_uri=" + URLEncoder.encode(CALLBACK, StandardCharsets.UTF_8)));
        HttpResponse<String> end =
                wanderer.submit(form, "#kc-form-login", Map.of("username", name, "password", World.SECRET));
        return end.headers().firstValue("Location").orElse(end.statusCode() + end.body());
    }

    private void moreIsAskedFor() {
        String components = "/admin/realms/" + FIRM + "/components";
        ObjectNode policy = (ObjectNode) world.admin()
                .get(components + "?type=" + PolicyProvider.class.getName())
                .path(0);
        policy.withObject("/config").putArray("changes");
        world.admin().put(components + "/" + policy.path("id").asText(), policy);
    }

    private void endInOurSteps() {
        String flows = "/admin/realms/" + FIRM + "/authentication/flows";
        world.admin()
                .post(
                        flows,
                        Map.of(
                                "alias",
                                "after-provider",
                                "providerId",
                                "basic-flow",
                                "topLevel",
                                true,
                                "builtIn",
                                false));
        for (String step : List.of("sekisho-decide", "sekisho-admit")) {
            world.admin().post(flows + "/after-provider/executions/execution", Map.of("provider", step));
        }
        world.admin()
                .get(flows + "/after-provider/executions")
                .forEach(execution -> world.admin()
                        .put(
                                flows + "/after-provider/executions",
                                ((ObjectNode) execution).put("requirement", "REQUIRED")));
        String path = "/admin/realms/" + FIRM + "/identity-provider/instances/ekyc";
        world.admin()
                .put(path, ((ObjectNode) world.admin().get(path)).put("postBrokerLoginFlowAlias", "after-provider"));
    }

    private List<String> records() throws Exception {
        List<String> records = new ArrayList<>();
        try (Connection connection = PostgresServer.connect(world.database());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select method, provider, officer, verified_at, reference, evidence_hash from sekisho_identity"
                                + " where realm_id = '" + FIRM + "'")) {
            while (rows.next()) {
                records.add(String.join(
                        " ",
                        rows.getString(1),
                        rows.getString(2),
                        "" + rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getString(6)));
            }
        }
        return records;
    }

    private void vendor() {
        Map<String, Object> mapper = Map.of(
                "name",
                "verified",
                "protocol",
                "openid-connect",
                "protocolMapper",
                "oidc-hardcoded-claim-mapper",
                "config",
                Map.of(
                        "claim.name", "verified_claims",
                        "claim.value", CLAIMS.replace("\n", ""),
                        "jsonType.label", "JSON",
                        "id.token.claim", "true"));
        Map<String, Object> client = Map.of(
                "clientId",
                "firm",
                "secret",
                World.SECRET,
                "redirectUris",
                List.of(world.base() + "/realms/" + FIRM + "/broker/ekyc/endpoint"),
                "protocolMappers",
                List.of(mapper));
        world.admin()
                .post(
                        "/admin/realms",
                        Map.of(
                                "realm",
                                VENDOR,
                                "enabled",
                                true,
                                "sslRequired",
                                "none",
                                "clients",
                                List.of(client),
                                "users",
                                List.of(customer("hanako", "花子"), customer("taro", "太郎"), customer("jiro", "次郎"))));
    }

    private static Map<String, Object> customer(String name, String firstName) {
        return Map.of(
                "username",
                name,
                "enabled",
                true,
                "email",
                name + "@vendor.example",
                "emailVerified",
                true,
                "firstName",
                firstName,
                "lastName",
                "鈴木",
                "credentials",
                List.of(Map.of("type", "password", "value", World.SECRET)));
    }

    private void firm() {
        String vendor = world.base() + "/realms/" + VENDOR + "/protocol/openid-connect";
        Map<String, Object> provider = Map.of(
                "alias",
                "ekyc",
                "providerId",
                "oidc",
                "enabled",
                true,
                "trustEmail",
                true,
                "config",
                Map.of(
                        "clientId", "firm",
                        "clientSecret", World.SECRET,
                        "clientAuthMethod", "client_secret_post",
                        "authorizationUrl", vendor + "/auth",
                        "tokenUrl", vendor + "/token",
                        "defaultScope", "openid profile email",
                        "syncMode", "IMPORT"));
        world.admin()
                .post(
                        "/admin/realms",
                        Map.of(
                                "realm",
                                FIRM,
                                "id",
                                FIRM,
                                "enabled",
                                true,
                                "sslRequired",
                                "none",
                                "clients",
                                List.of(Map.of(
                                        "clientId", "app", "publicClient", true, "redirectUris", List.of(CALLBACK))),
                                "identityProviders",
                                List.of(provider),
                                "identityProviderMappers",
                                List.of(
                                        mapper("ours", "ekyc", "eidas, jp_aml", "EKYC"),
                                        mapper("of another provider", "other", "jp_aml", "JPKI"),
                                        mapper("of other rules", "ekyc", "jp_mpiupa", "IC_CHIP")),
                                "components",
                                Map.of(
                                        PolicyProvider.class.getName(),
                                        List.of(Map.of(
                                                "name",
                                                "policy",
                                                "providerId",
                                                "sekisho-policy",
                                                "config",
                                                Map.of(
                                                        "profile",
                                                        List.of("ffaj-2021"),
                                                        "changes",
                                                        List.of(CHANGES)))))));
    }

    private static Map<String, Object> mapper(String name, String trusted, String frameworks, String method) {
        return Map.of(
                "name",
                name,
                "identityProviderAlias",
                "ekyc",
                "identityProviderMapper",
                "sekisho-verified-claims",
                "config",
                Map.of(
                        "syncMode",
                        "FORCE",
                        "trusted-provider",
                        trusted,
                        "trust-frameworks",
                        frameworks,
                        "method",
                        method));
    }
}
