package jp.sekisho.authenticators.login;

import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class MailCodeAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-mail-code";

    private static final MailCodeAuthenticator STEP = new MailCodeAuthenticator();

    public MailCodeAuthenticatorFactory() {
        super(ID, "Sekisho: mail code", "Sends a code to the verified address; good for this session only.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }
}
