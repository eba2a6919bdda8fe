package jp.sekisho.authenticators.login;

import java.util.Optional;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.factor.Factor;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** What a customer is asked for: the strongest that he holds, never a weaker one instead. */
// FFAJ-1.2-B1
public final class StrongestFactor {

    private StrongestFactor() {}

    /** @return empty where he holds none that meets the requirement */
    public static Optional<Factor> of(
            KeycloakSession session, RealmModel realm, UserModel user, Requirement requirement) {
        boolean passkey = user.credentialManager().isConfiguredFor(WebAuthnCredentialModel.TYPE_PASSWORDLESS);
        if (passkey
                && (requirement == Requirement.PHISHING_RESISTANT
                        || !Passkeys.of(session, realm).onlyProvisional(user))) {
            return Optional.of(Factor.PASSKEY);
        }
        if (requirement == Requirement.PHISHING_RESISTANT) {
            return Optional.empty();
        }
        if (user.credentialManager().isConfiguredFor(OTPCredentialModel.TYPE)) {
            return Optional.of(Factor.TOTP);
        }
        boolean reachable = user.isEmailVerified() && user.getEmail() != null;
        return reachable ? Optional.of(Factor.MAIL_CODE) : Optional.empty();
    }
}
