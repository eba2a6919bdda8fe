package jp.sekisho.authenticators.reset;

import jp.sekisho.authenticators.login.StepFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class LinkCodeAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-link-code";

    private static final LinkCodeAuthenticator STEP = new LinkCodeAuthenticator();

    public LinkCodeAuthenticatorFactory() {
        super(
                ID,
                "Sekisho: link: code",
                "Asks who comes from an identity provider for the first time for a code that is sent to the customer's address.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }
}
