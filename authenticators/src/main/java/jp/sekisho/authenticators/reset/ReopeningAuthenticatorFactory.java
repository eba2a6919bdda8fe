package jp.sekisho.authenticators.reset;

import jp.sekisho.authenticators.login.StepFactory;
import jp.sekisho.checkpoint.address.ClientAddresses;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class ReopeningAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-reopening";

    private ReopeningAuthenticator step;

    public ReopeningAuthenticatorFactory() {
        super(
                ID,
                "Sekisho: reopening",
                "The code that a customer gets once officers approved his thaw; leads to a new credential, and to no session.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return step;
    }

    @Override
    public void init(Config.Scope config) {
        step = new ReopeningAuthenticator(ClientAddresses.configured(config));
    }
}
