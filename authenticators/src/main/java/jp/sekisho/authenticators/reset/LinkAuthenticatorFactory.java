package jp.sekisho.authenticators.reset;

import jp.sekisho.authenticators.login.StepFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class LinkAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-link";

    private static final LinkAuthenticator STEP = new LinkAuthenticator();

    public LinkAuthenticatorFactory() {
        super(
                ID,
                "Sekisho: link",
                "Last step of a first login from an identity provider: links it to the customer who showed what was asked for.");
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }
}
