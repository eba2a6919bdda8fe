package jp.sekisho.authenticators.credential;

import java.time.Duration;
import java.util.Optional;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.RecoveryAuthnCodesCredentialProvider;
import org.keycloak.credential.RecoveryAuthnCodesCredentialProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;

/** The stock recovery codes, counted before they are verified, and good once. */
// FFAJ-1.2-S3
public final class GuardedRecoveryCodes extends RecoveryAuthnCodesCredentialProvider {

    /** Those who post it at once are all there by then, and who uses it later finds it gone. */
    private static final long AT_ONCE = Duration.ofMinutes(1).toSeconds();

    private final KeycloakSession session;
    private final GuardedCheck guarded;
    private final Binding binding;

    private GuardedRecoveryCodes(KeycloakSession session) {
        super(session);
        this.session = session;
        this.guarded = new GuardedCheck(session, RecoveryAuthnCodesCredentialModel.TYPE);
        this.binding = new Binding(session, Notice.AUTHENTICATOR_CHANGED, "recovery-code");
    }

    @Override
    public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
        return guarded.code(realm, user, input, () -> once(realm, user, input));
    }

    /** Of several who post it at the same moment each reads that it is not used yet. */
    private boolean once(RealmModel realm, UserModel user, CredentialInput input) {
        Optional<String> next = next(user);
        boolean right = super.isValid(realm, user, input);
        return right
                && (!RealmPolicies.in(realm)
                        || session.singleUseObjects()
                                .putIfAbsent("sekisho-recovery-code:" + next.orElseThrow(), AT_ONCE));
    }

    private Optional<String> next(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(getType())
                .findFirst()
                .map(RecoveryAuthnCodesCredentialModel::createFromCredentialModel)
                .filter(codes -> !codes.allCodesUsed())
                .flatMap(codes -> codes.getNextRecoveryAuthnCode().map(code -> codes.getId() + ' ' + code.getNumber()));
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
