package jp.sekisho.endpoints.passkey;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.passkey.PasskeyNames;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.endpoints.caller.SignedIn;
import org.keycloak.authentication.authenticators.browser.WebAuthnMetadataService;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** Which passkeys a customer has. They are added and removed at the login, where he shows himself first. */
public final class MyPasskeys {

    private final SignedIn signedIn;

    public MyPasskeys(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /** {@code {"passkeys": [{"id", "label", "authenticator", "createdAt", "provisionalUntil"}, …]}}, the oldest first. */
    public Response passkeys() {
        return signedIn.forCustomer(customer -> {
            Map<String, Instant> provisional =
                    Passkeys.of(signedIn.session(), customer.realm()).provisional(customer.user());
            PasskeyNames names = PasskeyNames.of(signedIn.session(), customer.realm());
            List<PasskeyView> views = customer.user()
                    .credentialManager()
                    .getStoredCredentialsByTypeStream(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                    .sorted(Comparator.comparing(CredentialModel::getCreatedDate))
                    .map(passkey -> new PasskeyView(
                            passkey.getId(),
                            names.given(passkey.getUserLabel()).orElse(null),
                            authenticator(passkey),
                            Instant.ofEpochMilli(passkey.getCreatedDate()).toString(),
                            Optional.ofNullable(provisional.get(passkey.getId()))
                                    .map(Instant::toString)
                                    .orElse(null)))
                    .toList();
            return Response.ok(new View(views), MediaType.APPLICATION_JSON_TYPE).build();
        });
    }

    private static String authenticator(CredentialModel passkey) {
        String aaguid = WebAuthnCredentialModel.createFromCredentialModel(passkey)
                .getWebAuthnCredentialData()
                .getAaguid();
        return new WebAuthnMetadataService().getAuthenticatorProvider(aaguid);
    }

    record View(List<PasskeyView> passkeys) {}

    /**
     * @param label as the customer calls it; left out where he does not
     * @param authenticator what its maker calls what holds it, such as a password manager; left out where Keycloak does not
     *     know it
     * @param createdAt ISO-8601
     * @param provisionalUntil until when nobody relies on it, ISO-8601; left out where it counts
     */
    record PasskeyView(String id, String label, String authenticator, String createdAt, String provisionalUntil) {}
}
