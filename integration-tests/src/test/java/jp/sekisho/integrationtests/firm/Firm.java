package jp.sekisho.integrationtests.firm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import jp.sekisho.realmconfig.shipped.ShippedRealm;

/** The shipped realm with what a test needs: a mail server, customers, and an application that any test can be. */
public final class Firm {

    public static final String REALM = "broker";
    public static final String APP = "test-app";
    public static final String CALLBACK = "http://localhost/app";
    public static final String PASSWORD = "Fuji-san-3776-Biwa";

    /** Base 32 of {@code 12345678901234567890}, the key of RFC 6238's examples. */
    static final String TOTP_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private final ObjectNode realm = ShippedRealm.read(
                    REALM, Map.of("SEKISHO_FIRM_NAME", "山田証券", "SEKISHO_APP_URL", "http://localhost:8090"))
            .importable();

    public Firm() {
        realm.put("sslRequired", "none");
        ObjectNode app = realm.withArray("clients")
                .addObject()
                .put("clientId", APP)
                .put("publicClient", true)
                .put("fullScopeAllowed", true);
        app.putArray("redirectUris").add(CALLBACK);
        // With "roles" comes the audience of the account interface.
        List.of("basic", "acr", "amr", "profile", "email", "roles").forEach(app.putArray("defaultClientScopes")::add);
    }

    public Firm mail(int smtpPort) {
        realm.putObject("smtpServer")
                .put("host", "127.0.0.1")
                .put("port", Integer.toString(smtpPort))
                .put("from", "no-reply@firm.example");
        return this;
    }

    /** Laid over the profile's document. */
    public Firm policy(String changes) {
        for (JsonNode ofType : realm.withObject("/components")) {
            for (JsonNode component : ofType) {
                if (component.path("providerId").asText().equals("sekisho-policy")) {
                    ((ObjectNode) component)
                            .withObject("/config")
                            .putArray("changes")
                            .add(changes);
                }
            }
        }
        return this;
    }

    public Firm customer(String name, boolean withTotp) {
        ObjectNode user = realm.withArray("users").addObject();
        user.put("username", name)
                .put("email", name + "@customer.example")
                .put("emailVerified", true)
                .put("enabled", true)
                .put("lastName", "鈴木")
                .put("firstName", "花子");
        user.withObject("/attributes").putArray("locale").add("ja");
        // An imported user has no default roles.
        user.withObject("/clientRoles")
                .putArray("account")
                .add("manage-account")
                .add("view-profile");
        var credentials = user.putArray("credentials");
        credentials.addObject().put("type", "password").put("value", PASSWORD);
        if (withTotp) {
            credentials
                    .addObject()
                    .put("type", "otp")
                    .put("userLabel", "app")
                    .put("secretData", "{\"value\":\"" + TOTP_KEY + "\"}")
                    .put("credentialData", """
                            {"subType":"totp","secretEncoding":"BASE32","digits":6,"period":30,"algorithm":"HmacSHA1"}""");
        }
        return this;
    }

    public Path writeTo(Path directory) throws IOException {
        return Files.writeString(directory.resolve(REALM + "-realm.json"), realm.toString());
    }
}
