package jp.sekisho.integrationtests.lock;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.stack.keycloak.Admin;

/**
 * A realm with the stock steps and our policy: whatever is counted there is counted by the credentials themselves. That
 * somebody comes in at all takes our two steps at the end, which ask for nothing more here.
 */
public final class LockedRealm {

    static final String NAME = "lock";
    static final String ID = "lock-realm-id";
    static final String CLIENT = "app";
    private static final String CALLBACK = "http://localhost/app";
    static final String PASSWORD = "correct horse battery staple";

    /** Not a code that any time could make. */
    static final String WRONG_CODE = "abcdef";

    static final String OTP_SECRET = "12345678901234567890";
    public static final String RECOVERY_CODE = "AAAABBBBCCCC";
    private static final int RECOVERY_CODES = 12;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Nobody waits for a throttle here: it lasts longer than a slow machine takes for all guesses. */
    private static final Map<String, Object> POLICY = Map.of("changes", List.of("""
                    {"requirements":{"LOGIN":{"LOW":"NOTHING","MEDIUM":"NOTHING","HIGH":"NOTHING"}},
                     "lockout":{"first-throttle":"PT1H"}}"""));

    private LockedRealm() {}

    static App app(URI node, String realm) {
        return new App(node, realm, CLIENT, Optional.empty(), CALLBACK);
    }

    static void create(Admin admin, boolean withPolicy, String name, String id) {
        admin.post(
                "/admin/realms",
                Map.of(
                        "realm",
                        name,
                        "id",
                        id,
                        "enabled",
                        true,
                        "passwordPolicy",
                        "hashAlgorithm(pbkdf2-sha256) and hashIterations(1000)",
                        "clients",
                        List.of(Map.of(
                                "clientId",
                                CLIENT,
                                "publicClient",
                                true,
                                "directAccessGrantsEnabled",
                                true,
                                "redirectUris",
                                List.of(CALLBACK))),
                        "components",
                        withPolicy
                                ? Map.of(
                                        "jp.sekisho.checkpoint.policy.PolicyProvider",
                                        List.of(Map.of(
                                                "name", "policy", "providerId", "sekisho-policy", "config", POLICY)))
                                : Map.of()));
        if (withPolicy) {
            endWithOurSteps(admin, name, "direct grant", "directGrantFlow", "direct grant");
            endWithOurSteps(admin, name, "browser", "browserFlow", "browser forms");
        }
    }

    /** In a copy: a built-in flow takes no further steps. */
    private static void endWithOurSteps(Admin admin, String realm, String stock, String binding, String flow) {
        String flows = "/admin/realms/" + realm + "/authentication/flows/";
        String copy = "counted " + stock;
        admin.post(flows + encoded(stock) + "/copy", Map.of("newName", copy));
        for (String step : List.of("sekisho-decide", "sekisho-admit")) {
            admin.post(flows + encoded(flow.replace(stock, copy)) + "/executions/execution", Map.of("provider", step));
        }
        for (JsonNode execution : admin.get(flows + encoded(copy) + "/executions")) {
            if (execution.path("providerId").asText().startsWith("sekisho-")) {
                admin.put(
                        flows + encoded(copy) + "/executions", ((ObjectNode) execution).put("requirement", "REQUIRED"));
            }
        }
        admin.put("/admin/realms/" + realm, Map.of(binding, copy));
    }

    private static String encoded(String alias) {
        return alias.replace(" ", "%20");
    }

    /** A customer with a password and these further credentials. */
    static void customer(Admin admin, String realm, String name, List<Map<String, Object>> more) {
        List<Map<String, Object>> credentials = new ArrayList<>(more);
        credentials.add(0, Map.of("type", "password", "value", PASSWORD));
        admin.post(
                "/admin/realms/" + realm + "/users",
                Map.of(
                        "username",
                        name,
                        "enabled",
                        true,
                        "emailVerified",
                        true,
                        "email",
                        name + "@customers.example",
                        "firstName",
                        "Hanako",
                        "lastName",
                        "Yamada",
                        "credentials",
                        credentials));
    }

    static Map<String, Object> otp() {
        return Map.of(
                "type",
                "otp",
                "userLabel",
                "phone",
                "secretData",
                json(Map.of("value", OTP_SECRET)),
                "credentialData",
                json(Map.of("subType", "totp", "digits", 6, "period", 30, "counter", 0, "algorithm", "HmacSHA1")));
    }

    public static Map<String, Object> recoveryCodes() {
        List<Map<String, Object>> codes = IntStream.rangeClosed(1, RECOVERY_CODES)
                .mapToObj(
                        number -> Map.<String, Object>of("number", number, "encodedHashedValue", sha512(RECOVERY_CODE)))
                .toList();
        return Map.of(
                "type",
                "recovery-authn-codes",
                "userLabel",
                "paper",
                "secretData",
                json(Map.of("codes", codes)),
                "credentialData",
                json(Map.of("algorithm", "SHA-512", "totalCodes", RECOVERY_CODES, "remainingCodes", RECOVERY_CODES)));
    }

    private static String sha512(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-512").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
