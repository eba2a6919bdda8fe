package jp.sekisho.authenticators.login;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.OTPCredentialModel;

/** Thin edge to Keycloak. */
public final class OtpFormAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-otp-form";

    private static final OtpFormAuthenticator STEP = new OtpFormAuthenticator();

    public OtpFormAuthenticatorFactory() {
        super(ID, "Sekisho: one-time code", "Asks for the code of the authenticator app and says why.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }

    @Override
    public String getReferenceCategory() {
        return OTPCredentialModel.TYPE;
    }
}
