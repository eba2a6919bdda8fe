package jp.sekisho.authenticators.reset;

import jp.sekisho.authenticators.login.StepFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class ResetNameAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-reset-name";

    private static final ResetNameAuthenticator STEP = new ResetNameAuthenticator();

    public ResetNameAuthenticatorFactory() {
        super(
                ID,
                "Sekisho: reset: name",
                "Whoever forgot his password names himself; a code is sent to the verified address, if there is one.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }
}
