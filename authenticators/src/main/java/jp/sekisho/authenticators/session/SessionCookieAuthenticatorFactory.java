package jp.sekisho.authenticators.session;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** In the place of the stock cookie step. */
public final class SessionCookieAuthenticatorFactory extends CookieAuthenticatorFactory {

    public static final String ID = "sekisho-cookie";

    private static final SessionCookieAuthenticator STEP = new SessionCookieAuthenticator();

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public String getDisplayType() {
        return "Sekisho: session";
    }

    @Override
    public String getHelpText() {
        return "Single sign-on by cookie, for the device, country and browser that the session began with.";
    }
}
