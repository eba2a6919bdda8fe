package jp.sekisho.authenticators.login;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.PasswordCredentialModel;

/** Thin edge to Keycloak. */
public final class PasswordFormAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-password-form";

    public PasswordFormAuthenticatorFactory() {
        super(
                ID,
                "Sekisho: name and password, or passkey",
                "Judges the login, counts the attempt, and only then looks at the password.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new PasswordFormAuthenticator(session);
    }

    @Override
    public String getReferenceCategory() {
        return PasswordCredentialModel.TYPE;
    }
}
