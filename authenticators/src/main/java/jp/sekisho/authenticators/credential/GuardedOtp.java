package jp.sekisho.authenticators.credential;

import jp.sekisho.checkpoint.factor.AuthenticatorCode;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.OTPCredentialProvider;
import org.keycloak.credential.OTPCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;

/** The stock one-time password, counted before it is verified. */
// FFAJ-1.2-S3
public final class GuardedOtp extends OTPCredentialProvider {

    private final GuardedCheck guarded;
    private final Binding binding;

    private GuardedOtp(KeycloakSession session) {
        super(session);
        this.guarded = new GuardedCheck(session, OTPCredentialModel.TYPE);
        this.binding = new Binding(session, Notice.AUTHENTICATOR_CHANGED, "totp");
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        return input instanceof AuthenticatorCode.Counted
                ? super.isValid(realm, user, input)
                : guarded.code(realm, user, input, () -> super.isValid(realm, user, input));
    }

    @Override
    public CredentialModel createCredential(RealmModel realm, UserModel user, OTPCredentialModel credential) {
        CredentialModel created =
                binding.bind(realm, user, credential, () -> super.createCredential(realm, user, credential));
        guarded.rebound(realm, user);
        return created;
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends OTPCredentialProviderFactory {

        @Override
        public OTPCredentialProvider create(KeycloakSession session) {
            return new GuardedOtp(session);
        }
    }
}
