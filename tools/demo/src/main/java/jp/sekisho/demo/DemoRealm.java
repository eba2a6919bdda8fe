package jp.sekisho.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** The shipped realm with what only a demo has: its customers, its mail server, plain HTTP, short throttles. */
public final class DemoRealm {

    public static final String NAME = "broker";

    /** The application of the firm's officers, which calls Sekisho with their tokens; the firm's own, and none in the demo. */
    public static final String OFFICERS_CLIENT = "back-office";

    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    private static final String SHIPPED = "/jp/sekisho/realmconfig/broker-realm.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode realm;

    private DemoRealm(ObjectNode realm) {
        this.realm = realm;
    }

    public static DemoRealm shipped() throws IOException {
        try (InputStream in = DemoRealm.class.getResourceAsStream(SHIPPED)) {
            if (in == null) {
                throw new FileNotFoundException(SHIPPED);
            }
            return of((ObjectNode) JSON.readTree(in));
        }
    }

    public static DemoRealm of(ObjectNode shipped) {
        ObjectNode realm = shipped.deepCopy();
        // Plain HTTP, and addresses from all over the world: the stock rule would ask for HTTPS.
        realm.put("sslRequired", "none");
        return new DemoRealm(realm);
    }

    public DemoRealm withMailServer(int port) {
        realm.putObject("smtpServer")
                .put("host", "127.0.0.1")
                .put("port", Integer.toString(port))
                .put("from", "no-reply@sekisho-securities.example")
                .put("fromDisplayName", "関所証券");
        return this;
    }

    public DemoRealm withClientSecret(String clientId, String secret) {
        for (JsonNode client : realm.withArray("clients")) {
            if (client.path("clientId").asText().equals(clientId)) {
                ((ObjectNode) client).put("secret", secret);
            }
        }
        return this;
    }

    /** @param callback where an officer comes back to */
    public DemoRealm withOfficersClient(String callback) {
        ObjectNode client = realm.withArray("clients")
                .addObject()
                .put("clientId", OFFICERS_CLIENT)
                .put("publicClient", true)
                .put("fullScopeAllowed", true);
        client.putArray("redirectUris").add(callback);
        client.putArray("defaultClientScopes")
                .add("basic")
                .add("acr")
                .add("amr")
                .add("sekisho");
        client.putObject("attributes").put("pkce.code.challenge.method", "S256");
        return this;
    }

    public DemoRealm withDemoPolicy() {
        return withContact().withPolicySetting("changes", policyChanges(LocalDate.now(JAPAN)));
    }

    /** Laid over the shipped profile: nobody wants to watch an hour or a day go by, and passwords still open a login. */
    private static String policyChanges(LocalDate today) {
        ObjectNode changes = JSON.createObjectNode();
        changes.putObject("lockout").put("first-throttle", "PT1S").put("longest-throttle", "PT30S");
        changes.putObject("operations").put("payee-wait", "PT1M");
        changes.putObject("enrolment").put("provisional", "PT10M");
        changes.putObject("interim").putObject("LOGIN").put("LOW", "NOTHING");
        ArrayNode stages = changes.putObject("migration").putArray("stages");
        stages.add(stage(today.minusMonths(1), "INVITE"));
        stages.add(stage(today.plusMonths(1), "POSTPONABLE"));
        stages.add(stage(today.plusMonths(3), "REQUIRED"));
        stages.add(stage(today.plusMonths(6), "CLOSED"));
        return changes.toString();
    }

    private static ObjectNode stage(LocalDate from, String ask) {
        return JSON.createObjectNode()
                .put("from", from.toString())
                .put("ask", ask)
                .put("whom", "EVERYBODY");
    }

    /** Another profile than the shipped realm's. */
    public DemoRealm withProfile(String profile) {
        return withPolicySetting("profile", profile);
    }

    /** Under another name, beside the first one. */
    public DemoRealm named(String name) {
        realm.put("realm", name);
        return this;
    }

    /** Whom customers turn to; the shipped realm leaves that to the firm. */
    public DemoRealm withContact() {
        return withPolicySetting("contact-name", "関所証券 お客さまセンター")
                .withPolicySetting("contact-phone", "0120-000-000")
                .withPolicySetting("contact-hours", "24時間365日 (24 hours, every day)");
    }

    private DemoRealm withPolicySetting(String key, String value) {
        for (JsonNode ofType : realm.withObject("/components")) {
            for (JsonNode component : ofType) {
                if (component.path("providerId").asText().equals("sekisho-policy")) {
                    set((ObjectNode) component, key, value);
                }
            }
        }
        return this;
    }

    public DemoRealm withCustomers(List<Customer> customers) {
        ArrayNode users = realm.withArray("users");
        customers.forEach(customer -> users.add(user(customer)));
        return this;
    }

    public JsonNode mailServer() {
        return realm.path("smtpServer");
    }

    public Path writeTo(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, JSON.writeValueAsString(realm));
    }

    /** A copy, as the admin REST interface takes it. */
    public ObjectNode json() {
        return realm.deepCopy();
    }

    private static void set(ObjectNode component, String key, String value) {
        component.withObject("/config").putArray(key).add(value);
    }

    /** A customer as the admin REST interface takes him. */
    public static ObjectNode user(Customer customer) {
        ObjectNode user = JSON.createObjectNode()
                .put("username", customer.username())
                .put("email", customer.email())
                .put("emailVerified", true)
                .put("enabled", true)
                .put("lastName", customer.lastName())
                .put("firstName", customer.firstName());
        Map<String, String> attributes = Map.of(
                "locale", customer.locale(),
                "lastNameKana", customer.lastNameKana(),
                "firstNameKana", customer.firstNameKana(),
                "customerNumber", customer.customerNumber(),
                "residenceCountry", "JP");
        attributes.forEach(
                (name, value) -> user.withObject("/attributes").putArray(name).add(value));
        ArrayNode credentials = user.putArray("credentials");
        credentials.addObject().put("type", "password").put("value", customer.password());
        if (customer.hasTotp()) {
            credentials
                    .addObject()
                    .put("type", "otp")
                    .put("userLabel", "demo")
                    .put(
                            "secretData",
                            JSON.createObjectNode()
                                    .put("value", customer.totpKey())
                                    .toString())
                    .put(
                            "credentialData",
                            JSON.createObjectNode()
                                    .put("subType", "totp")
                                    .put("secretEncoding", "BASE32")
                                    .put("digits", 6)
                                    .put("period", 30)
                                    .put("algorithm", "HmacSHA1")
                                    .toString());
        }
        return user;
    }
}
