package jp.sekisho.authenticators.operation;

import jp.sekisho.authenticators.login.StepFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class ConfirmAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-confirm";

    public ConfirmAuthenticatorFactory() {
        super(ID, "Sekisho: confirm an operation", "Shows the operation that an app asks about, and has it signed.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new ConfirmAuthenticator(session);
    }
}
