package jp.sekisho.benchmarks.site;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jp.sekisho.realmconfig.shipped.ShippedRealm;

/**
 * The shipped realm, the same with the stock browser flow, where all else is equal, and what is left of it on a server without the pack; password
 * hashing is Keycloak's default.
 */
public final class Realms {

    public static final String CLIENT = "benchmark";
    public static final String CALLBACK = "http://localhost/callback";
    public static final String BACKEND = "backend";
    public static final String BACKEND_SECRET = "fa1a6d1c-5d9e-4f6b-9a44-benchmark";
    public static final String TEMPLATE = "template";
    public static final String PASSWORD = "Fuji-san-3776-Biwa";

    /** Nobody refreshes while we measure. */
    private static final String LIFESPAN = "access.token.lifespan";

    private static final String HOURS = "7200";

    private static final String POLICY = "jp.sekisho.checkpoint.policy.PolicyProvider";

    /** What needs the pack, or is made of what needs it. */
    private static final List<String> OF_THE_PACK = List.of(
            "loginTheme",
            "localizationTexts",
            "passwordPolicy",
            "browserFlow",
            "directGrantFlow",
            "resetCredentialsFlow",
            "registrationFlow",
            "firstBrokerLoginFlow",
            "authenticationFlows",
            "authenticatorConfig",
            "requiredActions",
            "clientProfiles",
            "clientPolicies",
            "roles",
            "clientScopes",
            "defaultDefaultClientScopes",
            "clients",
            "components");

    private final Path directory;
    private final int smtpPort;

    Realms(Path directory, int smtpPort) {
        this.directory = directory;
        this.smtpPort = smtpPort;
    }

    /** Customers with passwords. */
    Path guarded(String name) throws IOException {
        ObjectNode realm = realm(name);
        policy(realm).putArray("profile").add("ffaj-2021");
        return write(realm);
    }

    /** Customers with passkeys: the profile as it is shipped. They trade, by an app with a back end that may ask as often as it can. */
    Path passkeys(String name) throws IOException {
        ObjectNode realm = realm(name);
        policy(realm).putArray("changes").add("""
                {"notices":{"mails-an-hour":1000},
                "operations":{"requests-per-minute":1000000,"requests-per-customer":1000000,"customers-per-minute":1000000}}""");
        return write(withBackend(realm));
    }

    private static ObjectNode withBackend(ObjectNode realm) {
        ObjectNode client = realm.withArray("clients")
                .addObject()
                .put("clientId", BACKEND)
                .put("secret", BACKEND_SECRET)
                .put("serviceAccountsEnabled", true)
                .put("standardFlowEnabled", false)
                .put("fullScopeAllowed", true);
        client.putArray("defaultClientScopes")
                .add("basic")
                .add("acr")
                .add("roles")
                .add("sekisho");
        client.withObject("/attributes")
                .put(LIFESPAN, HOURS)
                .put("sekisho.front-ends", CLIENT)
                .put("sekisho.operations", "TRADE");
        realm.withArray("users")
                .addObject()
                .put("username", "service-account-" + BACKEND)
                .put("enabled", true)
                .put("serviceAccountClientId", BACKEND)
                .withObject("/clientRoles")
                .putArray("sekisho")
                .add("evaluate-operations");
        return realm;
    }

    Path stock(String name) throws IOException {
        ObjectNode realm = realm(name);
        realm.withObject("/components").remove(POLICY);
        realm.put("browserFlow", "browser");
        return write(realm);
    }

    /** For a server without the pack: languages, lifetimes, passkeys and kept events as above, and nothing else. */
    Path plain(String name) throws IOException {
        ObjectNode realm = shipped(name).remove(OF_THE_PACK);
        return write(withBenchmark(realm));
    }

    /** Guarded, and its notices go to a webhook as well. */
    Path hooked(String name, String url, String secret) throws IOException {
        ObjectNode realm = realm(name);
        policy(realm).putArray("profile").add("ffaj-2021");
        policy(realm).putArray("webhook-url").add(url);
        policy(realm).putArray("webhook-secret").add(secret);
        return write(realm);
    }

    private static ObjectNode policy(ObjectNode realm) {
        return ((ObjectNode) realm.withObject("/components").path(POLICY).path(0)).withObject("/config");
    }

    private ObjectNode realm(String name) {
        ObjectNode realm = withBenchmark(shipped(name));
        // Each logs in more often than one gets mails in an hour, and none is to be held back.
        policy(realm).putArray("changes").add("{\"notices\":{\"mails-an-hour\":1000}}");
        return realm;
    }

    private static ObjectNode shipped(String name) {
        return ShippedRealm.read(name, Map.of("SEKISHO_FIRM_NAME", "関所証券", "SEKISHO_APP_URL", "http://localhost:8090"))
                .importable();
    }

    private ObjectNode withBenchmark(ObjectNode realm) {
        realm.put("id", realm.path("realm").asText()).put("sslRequired", "none");
        realm.putObject("smtpServer")
                .put("host", "127.0.0.1")
                .put("port", Integer.toString(smtpPort))
                .put("from", "no-reply@firm.example");
        ObjectNode client = realm.withArray("clients")
                .addObject()
                .put("clientId", CLIENT)
                .put("publicClient", true)
                .put("fullScopeAllowed", true);
        client.putArray("redirectUris").add(CALLBACK);
        client.withObject("/attributes").put(LIFESPAN, HOURS);
        // Who introspects a token must be in its audience.
        ObjectNode audience = client.withArray("protocolMappers")
                .addObject()
                .put("name", "audience")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-audience-mapper");
        audience.withObject("/config")
                .put("included.custom.audience", BACKEND)
                .put("access.token.claim", "true")
                .put("introspection.token.claim", "true");
        ObjectNode user = realm.withArray("users")
                .addObject()
                .put("username", TEMPLATE)
                .put("email", TEMPLATE + "@customer.example")
                .put("emailVerified", true)
                .put("enabled", true)
                .put("lastName", "鈴木")
                .put("firstName", "花子");
        user.withObject("/attributes").putArray("locale").add("ja");
        user.withObject("/attributes").putArray("residenceCountry").add("JP");
        user.putArray("credentials").addObject().put("type", "password").put("value", PASSWORD);
        return realm;
    }

    private Path write(ObjectNode realm) throws IOException {
        Files.createDirectories(directory);
        return Files.writeString(directory.resolve(realm.path("realm").asText() + "-realm.json"), realm.toString());
    }
}
