package jp.sekisho.authenticators.login;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** Thin edge to Keycloak. */
public final class PasskeyAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-passkey";

    public PasskeyAuthenticatorFactory() {
        super(ID, "Sekisho: passkey", "Asks for the passkey and says why.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new PasskeyAuthenticator(session);
    }

    @Override
    public String getReferenceCategory() {
        return WebAuthnCredentialModel.TYPE_PASSWORDLESS;
    }
}
