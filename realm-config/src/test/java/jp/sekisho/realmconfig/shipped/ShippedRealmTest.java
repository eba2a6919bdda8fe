package jp.sekisho.realmconfig.shipped;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedRealmTest {

    private final JsonNode realm = ShippedRealm.read("broker", Map.of()).importable();

    @Test
    void noSettingStandsTwice() throws IOException {
        var strict = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        try (var in = ShippedRealm.class.getResourceAsStream(ShippedRealm.RESOURCE)) {
            assertThat(strict.readTree(in).path("realm").asText()).isEqualTo("broker");
        }
    }

    /** Whatever names a provider of ours would break the realm once the jars are gone. */
    @Test
    void whatNeedsTheJarsIsNamedWhereTheyAreTakenOut() throws IOException {
        Set<String> needing = new TreeSet<>(realm.findValuesAsText("protocolMapper"));
        needing.addAll(realm.findValuesAsText("executor"));
        needing.addAll(realm.findValuesAsText("condition"));
        needing.addAll(values(realm.path("requiredActions"), "providerId"));
        realm.path("components").forEach(ofOneKind -> needing.addAll(values(ofOneKind, "providerId")));
        realm.path("authenticationFlows")
                .valueStream()
                .filter(flow -> flow.path("topLevel").asBoolean())
                .forEach(flow -> needing.add(flow.path("alias").asText()));
        needing.add(realm.path("passwordPolicy").asText().replaceFirst("\\(.*", ""));
        realm.path("clients")
                .valueStream()
                .filter(client -> client.path("baseUrl").asText().contains("/sekisho/"))
                .forEach(client -> needing.add(client.path("clientId").asText()));
        Matcher validator = Pattern.compile("\"(sekisho-[a-z-]+)\"\\s*:")
                .matcher(realm.findValue("kc.user.profile.config").path(0).asText());
        while (validator.find()) {
            needing.add(validator.group(1));
        }
        needing.removeIf(id -> !id.startsWith("sekisho-"));
        String install = Files.readString(Path.of("../distribution/src/zip/INSTALL.md"));

        assertThat(needing).hasSizeGreaterThan(8);
        assertThat(install.substring(install.indexOf("## Taking it out again")))
                .contains("login theme")
                .contains(needing);
        assertThat(values(realm.path("clientProfiles").path("profiles"), "name"))
                .containsExactly("sekisho-public");
    }

    @Test
    void everyFlowAndConfigurationIsDefinedAndUsedOnce() {
        List<String> flows = values(realm.path("authenticationFlows"), "alias");
        List<String> topLevel = new ArrayList<>();
        List<String> subFlows = new ArrayList<>();
        List<String> configurations = new ArrayList<>();
        for (JsonNode flow : realm.path("authenticationFlows")) {
            if (flow.path("topLevel").asBoolean()) {
                topLevel.add(flow.path("alias").asText());
            }
            for (JsonNode step : flow.path("authenticationExecutions")) {
                assertThat(step.has("authenticator")).isNotEqualTo(step.has("flowAlias"));
                assertThat(step.path("authenticatorFlow").asBoolean()).isEqualTo(step.has("flowAlias"));
                if (step.has("flowAlias")) {
                    subFlows.add(step.path("flowAlias").asText());
                }
                if (step.has("authenticatorConfig")) {
                    configurations.add(step.path("authenticatorConfig").asText());
                }
            }
        }
        assertThat(flows).doesNotHaveDuplicates();
        assertThat(concat(topLevel, subFlows)).containsExactlyInAnyOrderElementsOf(flows);
        assertThat(configurations)
                .containsExactlyInAnyOrderElementsOf(values(realm.path("authenticatorConfig"), "alias"));
    }

    @Test
    void nobodyPassesWithoutADecision() {
        assertThat(realm.path("browserFlow").asText()).isEqualTo("sekisho-browser");
        assertThat(required("sekisho-browser")).containsExactly("", "sekisho-confirm");
        assertThat(values(steps("sekisho-browser"), "flowAlias")).startsWith("sekisho-who");
        assertThat(values(steps("sekisho-who"), "requirement")).containsOnly("ALTERNATIVE");
        assertThat(required("sekisho-login")).containsExactly("", "sekisho-decide", "sekisho-admit");
        assertThat(values(steps("sekisho-login"), "flowAlias")).startsWith("sekisho-first-factor");
        assertThat(values(steps("sekisho-first-factor"), "authenticator"))
                .containsExactly("sekisho-certificate", "sekisho-password-form");
        assertThat(values(steps("sekisho-first-factor"), "requirement")).containsOnly("ALTERNATIVE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"directGrantFlow", "registrationFlow", "firstBrokerLoginFlow"})
    void everyOtherWayInIsClosed(String binding) {
        JsonNode steps = steps(realm.path(binding).asText());
        assertThat(values(steps, "authenticator")).containsExactly("deny-access-authenticator");
        assertThat(values(steps, "requirement")).containsExactly("REQUIRED");
    }

    @Test
    void whoComesFromAProviderIsJudgedLikeAnybody() {
        assertThat(required("sekisho-provider")).containsExactly("sekisho-decide", "sekisho-admit", "sekisho-confirm");
        assertThat(values(steps("sekisho-provider"), "flowAlias"))
                .contains("sekisho-provider-passkey", "sekisho-provider-totp", "sekisho-provider-mail-code");
    }

    @Test
    void noClientHasADirectGrantADeviceGrantOrAllRoles() {
        for (JsonNode client : realm.path("clients")) {
            assertThat(client.path("directAccessGrantsEnabled").asBoolean(true)).isFalse();
            assertThat(client.path("implicitFlowEnabled").asBoolean(true)).isFalse();
            assertThat(client.path("fullScopeAllowed").asBoolean(true)).isFalse();
            JsonNode attributes = client.path("attributes");
            assertThat(attributes
                            .path("oauth2.device.authorization.grant.enabled")
                            .asText())
                    .isEqualTo("false");
            assertThat(attributes.path("oidc.ciba.grant.enabled").asText()).isEqualTo("false");
        }
    }

    @Test
    void nobodyIsGivenARightToAdminister() {
        assertThat(realm.toString())
                .doesNotContain("manage-users", "manage-realm", "view-users", "realm-admin", "impersonation");
    }

    /** A session that comes back is judged again: by our cookie step, and at the refreshes of public clients. */
    @Test
    void sessionsAreBoundToTheirDevice() { // JP25-11
        assertThat(values(steps("sekisho-who"), "authenticator")).contains("sekisho-cookie");
        assertThat(realm.path("clientProfiles").toString()).contains("sekisho-session-check");
        assertThat(realm.path("clientPolicies").toString()).contains("client-access-type", "\"enabled\":true");
    }

    @Test
    void theTradingAppUsesPkceAndExactAddresses() {
        JsonNode app = named(realm.path("clients"), "clientId", "trading-app");
        assertThat(app.path("attributes").path("pkce.code.challenge.method").asText())
                .isEqualTo("S256");
        assertThat(app.path("redirectUris"))
                .extracting(JsonNode::asText)
                .containsExactly("http://localhost:8090/login/oauth2/code/sekisho", "http://localhost:8090/confirmed");
    }

    @Test
    void theFirmsOwnValuesComeFromTheEnvironment() {
        JsonNode firm = ShippedRealm.read(
                        "fx", Map.of("SEKISHO_FIRM_NAME", "山田証券", "SEKISHO_APP_URL", "https://fx.example.jp"))
                .importable();
        assertThat(firm.path("realm").asText()).isEqualTo("fx");
        assertThat(firm.path("displayName").asText()).isEqualTo("山田証券");
        assertThat(firm.path("webAuthnPolicyPasswordlessRpEntityName").asText()).isEqualTo("山田証券");
        assertThat(named(firm.path("clients"), "clientId", "trading-app").toString())
                .contains("https://fx.example.jp/login/oauth2/code/sekisho")
                .doesNotContain("localhost");
    }

    @Test
    void noMailWithALinkIsEverAskedFor() { // JP25-6
        assertThat(required(realm.path("resetCredentialsFlow").asText()))
                .containsExactly(
                        "sekisho-reset-name",
                        "sekisho-recovery",
                        "sekisho-letter",
                        "sekisho-reset-code",
                        "sekisho-reset-password");
        assertThat(required("sekisho-link")).containsExactly("sekisho-link-code", "sekisho-link");
        assertThat(values(steps("sekisho-link"), "flowAlias")).contains("sekisho-link-passkey", "sekisho-link-totp");
        assertThat(realm.path("verifyEmail").asBoolean(true)).isFalse();
        assertThat(values(realm.path("requiredActions"), "alias"))
                .contains("VERIFY_EMAIL", "UPDATE_EMAIL", "sekisho-invitation", "sekisho-credential-offer")
                .doesNotContain("idp_link");
    }

    @Test
    void guardedAttributesAreForOfficersOnly() throws IOException { // FFAJ-1.5-S1
        JsonNode profile = new ObjectMapper()
                .readTree(realm.path("components")
                        .path("org.keycloak.userprofile.UserProfileProvider")
                        .path(0)
                        .path("config")
                        .path("kc.user.profile.config")
                        .path(0)
                        .asText());
        for (String guarded : List.of("customerNumber", "residenceCountry")) {
            JsonNode permissions =
                    named(profile.path("attributes"), "name", guarded).path("permissions");
            assertThat(texts(permissions.path("view"))).containsExactly("admin");
            assertThat(texts(permissions.path("edit"))).containsExactly("admin");
        }
        assertThat(profile.has("unmanagedAttributePolicy")).isFalse();
    }

    @Test
    void noFreeAttributeTakesAnIndividualNumber() throws IOException { // FFAJ-2.2-S4
        JsonNode profile = new ObjectMapper()
                .readTree(realm.path("components")
                        .path("org.keycloak.userprofile.UserProfileProvider")
                        .path(0)
                        .path("config")
                        .path("kc.user.profile.config")
                        .path(0)
                        .asText());
        for (JsonNode attribute : profile.path("attributes")) {
            JsonNode validations = attribute.path("validations");
            assertThat(validations.has("sekisho-no-individual-number") || validations.has("pattern"))
                    .as(attribute.path("name").asText())
                    .isTrue();
        }
    }

    @Test
    void everyMessageOfTheRealmIsThereInBothLanguages() {
        JsonNode texts = realm.path("localizationTexts");
        assertThat(texts.path("ja").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(() -> texts.path("en").fieldNames());
    }

    /** With 'none' Keycloak cannot frame its own login status page, and account and admin console do not start. */
    @Test
    void onlyTheServerItselfMayFrameItsPages() {
        JsonNode headers = realm.path("browserSecurityHeaders");
        assertThat(headers.path("contentSecurityPolicy").asText()).contains("frame-ancestors 'self';");
        assertThat(headers.path("xFrameOptions").asText()).isEqualTo("DENY");
        assertThat(headers.path("referrerPolicy").asText()).isEqualTo("no-referrer");
    }

    /** Whose key is where the app's own address says; no client but it asks about operations. */
    @Test
    void theAppsServerShowsItsKeyAndMayNothingElse() {
        JsonNode backend = named(realm.path("clients"), "clientId", "trading-backend");
        assertThat(backend.path("clientAuthenticatorType").asText()).isEqualTo("client-jwt");
        assertThat(backend.path("standardFlowEnabled").asBoolean(true)).isFalse();
        assertThat(backend.path("redirectUris")).isEmpty();
        assertThat(backend.path("attributes").path("sekisho.front-ends").asText())
                .isEqualTo("trading-app");
        assertThat(realm.findValuesAsText("sekisho.operations"))
                .containsExactly("TRADE WITHDRAWAL BANK_ACCOUNT_CHANGE");
        assertThat(realm.path("clients"))
                .filteredOn(client -> client.path("serviceAccountsEnabled").asBoolean())
                .containsExactly(backend);
        assertThat(realm.path("clientScopeMappings").toString())
                .isEqualTo("{\"sekisho\":[{\"client\":\"trading-backend\",\"roles\":[\"evaluate-operations\"]}]}");
    }

    @Test
    void noUserButTheAppsServerAndNoSecretIsShipped() {
        assertThat(realm.path("users")).singleElement().satisfies(account -> {
            assertThat(account.path("serviceAccountClientId").asText()).isEqualTo("trading-backend");
            assertThat(account.path("clientRoles").toString()).isEqualTo("{\"sekisho\":[\"evaluate-operations\"]}");
        });
        assertThat(realm.findValue("secret")).isNull();
        assertThat(realm.findValue("credentials")).isNull();
    }

    @Test
    void theLevelsOfAuthenticationAreTheDesigns() throws IOException {
        JsonNode levels = new ObjectMapper()
                .readTree(realm.path("attributes").path("acr.loa.map").asText());
        assertThat(levels)
                .isEqualTo(new ObjectMapper()
                        .readTree("{\"urn:sekisho:acr:password\":1,\"urn:sekisho:acr:mfa\":2,"
                                + "\"urn:sekisho:acr:phishing-resistant\":3,\"urn:sekisho:acr:operation\":4}"));
    }

    private List<String> required(String flow) {
        return StreamSupport.stream(steps(flow).spliterator(), false)
                .filter(step -> step.path("requirement").asText().equals("REQUIRED"))
                .map(step -> step.path("authenticator").asText())
                .toList();
    }

    private JsonNode steps(String flow) {
        return named(realm.path("authenticationFlows"), "alias", flow).path("authenticationExecutions");
    }

    private static JsonNode named(JsonNode list, String field, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(element -> element.path(field).asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> values(JsonNode list, String field) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(element -> element.path(field).asText())
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> concat(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
