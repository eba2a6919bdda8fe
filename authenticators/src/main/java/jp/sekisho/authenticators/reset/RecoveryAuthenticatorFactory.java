package jp.sekisho.authenticators.reset;

import jp.sekisho.authenticators.login.StepFactory;
import jp.sekisho.checkpoint.address.ClientAddresses;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class RecoveryAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-recovery";

    private ClientAddresses addresses;

    public RecoveryAuthenticatorFactory() {
        super(
                ID,
                "Sekisho: lost passkey",
                "Two independent means of recovery code, another passkey, client certificate, code of a letter and identity"
                        + " record; leads to a new passkey, and to no session.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new RecoveryAuthenticator(session, addresses);
    }

    @Override
    public void init(Config.Scope config) {
        addresses = ClientAddresses.configured(config);
    }
}
