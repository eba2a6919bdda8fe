package jp.sekisho.authenticators.credential;

import jp.sekisho.policies.notice.Notice;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.RecoveryAuthnCodesCredentialProvider;
import org.keycloak.credential.RecoveryAuthnCodesCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/** The stock recovery codes, counted before they are verified. */
// FFAJ-1.2-S3
public final class GuardedRecoveryCodes extends RecoveryAuthnCodesCredentialProvider {

    private final GuardedCheck guarded;
    private final Binding binding;

    private GuardedRecoveryCodes(KeycloakSession session) {
        super(session);
        this.guarded = new GuardedCheck(session, RecoveryAuthnCodesCredentialModel.TYPE);
        this.binding = new Binding(session, Notice.AUTHENTICATOR_CHANGED, "recovery-code");
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        return guarded.code(realm, user, input, () -> super.isValid(realm, user, input));
    }

    @Override
    public CredentialModel createCredential(
            RealmModel realm, UserModel user, RecoveryAuthnCodesCredentialModel credential) {
        CredentialModel created =
                binding.bind(realm, user, credential, () -> super.createCredential(realm, user, credential));
        guarded.rebound(realm, user);
        return created;
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends RecoveryAuthnCodesCredentialProviderFactory {

        @Override
        public RecoveryAuthnCodesCredentialProvider create(KeycloakSession session) {
            return new GuardedRecoveryCodes(session);
        }
    }
}
