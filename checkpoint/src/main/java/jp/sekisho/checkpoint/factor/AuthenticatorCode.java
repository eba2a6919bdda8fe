package jp.sekisho.checkpoint.factor;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.factor.Factor;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;

/** The code of an authenticator app, typed beside a password of operations. */
// FFAJ-1.4-S2
public record AuthenticatorCode(UserModel user, String chosen, String code) implements SecondFactor {

    /** Counted with the password: the credential's provider, which counts all others, does not count it again. */
    public static final class Counted extends UserCredentialModel {

        private Counted(String credentialId, String code) {
            super(credentialId, OTPCredentialModel.TYPE, code);
        }
    }

    @Override
    public Factor factor() {
        return Factor.TOTP;
    }

    @Override
    public String credential() {
        return OTPCredentialModel.TYPE;
    }

    @Override
    public boolean right() {
        return app().map(id -> user.credentialManager().isValid(new Counted(id, code)))
                .orElse(false);
    }

    /** One of his own: what else a form names is none. */
    private Optional<String> app() {
        List<String> apps = user.credentialManager()
                .getStoredCredentialsByTypeStream(OTPCredentialModel.TYPE)
                .map(CredentialModel::getId)
                .toList();
        return apps.stream().max(Comparator.comparing(chosen::equals));
    }
}
