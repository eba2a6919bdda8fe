package jp.sekisho.authenticators.reset;

import jp.sekisho.authenticators.login.StepFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class ResetCodeAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-reset-code";

    private static final ResetCodeAuthenticator STEP = new ResetCodeAuthenticator();

    public ResetCodeAuthenticatorFactory() {
        super(ID, "Sekisho: reset: code", "Asks for the code that was sent.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }
}
