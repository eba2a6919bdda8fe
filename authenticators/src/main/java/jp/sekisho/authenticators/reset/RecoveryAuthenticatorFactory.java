package jp.sekisho.authenticators.reset;

import jp.sekisho.authenticators.login.StepFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class RecoveryAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-recovery";

    private static final RecoveryAuthenticator STEP = new RecoveryAuthenticator();

    public RecoveryAuthenticatorFactory() {
        super(
                ID,
                "Sekisho: lost passkey",
                "A saved recovery code and the code of a letter; leads to a new passkey, and to no session.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }
}
