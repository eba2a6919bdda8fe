package jp.sekisho.authenticators.login;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class AdmitAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-admit";

    private static final AdmitAuthenticator STEP = new AdmitAuthenticator();

    public AdmitAuthenticatorFactory() {
        super(
                ID,
                "Sekisho: admit",
                "Records the login, hands out the device token, tells the customer. Last step of the flow.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }
}
