package jp.sekisho.authenticators.reset;

import jp.sekisho.authenticators.login.StepFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class ResetPasswordAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-reset-password";

    private static final ResetPasswordAuthenticator STEP = new ResetPasswordAuthenticator();

    public ResetPasswordAuthenticatorFactory() {
        super(ID, "Sekisho: reset: new password", "Sets the new password, ends every session, and leads to the login.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }
}
