package jp.sekisho.authenticators.login;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class DecideAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-decide";

    private static final DecideAuthenticator STEP = new DecideAuthenticator();

    public DecideAuthenticatorFactory() {
        super(
                ID,
                "Sekisho: decide",
                "Asks for the strongest factor the customer holds where the decision requires one.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }
}
