package jp.sekisho.endpoints.passkey;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.endpoints.caller.SignedIn;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** Which passkeys a customer has. They are added and removed at the login, where he shows himself first. */
public final class MyPasskeys {

    private final SignedIn signedIn;

    public MyPasskeys(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /** {@code {"passkeys": [{"id", "label", "createdAt", "provisionalUntil"}, …]}}, the oldest first. */
    public Response passkeys() {
        return signedIn.forCustomer(customer -> {
            Map<String, Instant> provisional =
                    Passkeys.of(signedIn.session(), customer.realm()).provisional(customer.user());
            List<PasskeyView> views = customer.user()
                    .credentialManager()
                    .getStoredCredentialsByTypeStream(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                    .sorted(Comparator.comparing(CredentialModel::getCreatedDate))
                    .map(passkey -> PasskeyView.of(passkey, Optional.ofNullable(provisional.get(passkey.getId()))))
                    .toList();
            return Response.ok(new View(views), MediaType.APPLICATION_JSON_TYPE).build();
        });
    }

    record View(List<PasskeyView> passkeys) {}

    /**
     * @param label as the customer called it when it was made; left out where he did not
     * @param createdAt ISO-8601
     * @param provisionalUntil until when nobody relies on it, ISO-8601; left out where it counts
     */
    record PasskeyView(String id, String label, String createdAt, String provisionalUntil) {

        private static PasskeyView of(CredentialModel passkey, Optional<Instant> provisionalUntil) {
            return new PasskeyView(
                    passkey.getId(),
                    passkey.getUserLabel(),
                    Instant.ofEpochMilli(passkey.getCreatedDate()).toString(),
                    provisionalUntil.map(Instant::toString).orElse(null));
        }
    }
}
