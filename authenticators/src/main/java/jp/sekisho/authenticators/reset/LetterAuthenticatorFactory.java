package jp.sekisho.authenticators.reset;

import jp.sekisho.authenticators.login.StepFactory;
import jp.sekisho.checkpoint.address.ClientAddresses;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class LetterAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-letter";

    private LetterAuthenticator step;

    public LetterAuthenticatorFactory() {
        super(
                ID,
                "Sekisho: code of a letter",
                "The code that a customer got from the firm, for a first passkey or once officers approved his thaw; leads to a new"
                        + " credential, and to no session.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return step;
    }

    @Override
    public void init(Config.Scope config) {
        step = new LetterAuthenticator(ClientAddresses.configured(config));
    }
}
