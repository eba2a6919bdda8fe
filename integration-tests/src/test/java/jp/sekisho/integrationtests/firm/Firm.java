package jp.sekisho.integrationtests.firm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.integrationtests.visitor.App;
import jp.sekisho.realmconfig.shipped.ShippedRealm;
import org.keycloak.models.utils.Base32;
import org.keycloak.models.utils.HmacOTP;

/** The shipped realm with what a test needs: a mail server, customers, and an application that any test can be. */
public final class Firm {

    public static final String REALM = "broker";
    private static final String APP = "test-app";
    private static final String CALLBACK = "http://localhost/app";
    public static final String PASSWORD = "Fuji-san-3776-Biwa";

    /** Base 32 of {@code 12345678901234567890}, the key of RFC 6238's examples. */
    private static final String TOTP_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private static final int TOTP_SECONDS = 30;

    private final ObjectNode realm = ShippedRealm.read(
                    REALM, Map.of("SEKISHO_FIRM_NAME", "山田証券", "SEKISHO_APP_URL", "http://localhost:8090"))
            .importable();

    /** With the profile of passwords: few tests have a browser. */
    public Firm() {
        setting("profile", "ffaj-2021");
        realm.put("sslRequired", "none");
        ObjectNode app = realm.withArray("clients")
                .addObject()
                .put("clientId", APP)
                .put("publicClient", true)
                .put("fullScopeAllowed", true);
        app.putArray("redirectUris").add(CALLBACK);
        // With "roles" comes the audience of the account interface, with "sekisho" that of ours.
        List.of("basic", "acr", "amr", "profile", "email", "roles", "sekisho")
                .forEach(app.putArray("defaultClientScopes")::add);
    }

    /** @param keycloak a node */
    public static App app(URI keycloak) {
        return new App(keycloak, REALM, APP, Optional.empty(), CALLBACK);
    }

    /**
     * A code of the customers' authenticator app.
     *
     * @param periodsAhead 0 for the code of this moment; 1 for the next one, where that of this moment may be used up
     */
    public static String totp(int periodsAhead) {
        int period = Math.toIntExact(Clock.systemUTC().instant().getEpochSecond() / TOTP_SECONDS) + periodsAhead;
        return new HmacOTP(6, HmacOTP.HMAC_SHA1, 0).generateHOTP(Base32.decode(TOTP_KEY), period);
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
        setting("changes", changes);
        return this;
    }

    private void setting(String key, String value) {
        for (JsonNode ofType : realm.withObject("/components")) {
            for (JsonNode component : ofType) {
                if (component.path("providerId").asText().equals("sekisho-policy")) {
                    ((ObjectNode) component).withObject("/config").putArray(key).add(value);
                }
            }
        }
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
