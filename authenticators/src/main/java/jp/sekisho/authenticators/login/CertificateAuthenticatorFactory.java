package jp.sekisho.authenticators.login;

import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.x509.X509ClientCertificateAuthenticatorFactory;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak: settings are those of the stock step. */
public final class CertificateAuthenticatorFactory extends X509ClientCertificateAuthenticatorFactory {

    public static final String ID = "sekisho-certificate";

    private static final CertificateAuthenticator STEP = new CertificateAuthenticator();

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
        return "Sekisho: client certificate";
    }

    @Override
    public String getHelpText() {
        return "Offers to log in with the client certificate of the connection, and judges the login. Alternative of another first factor.";
    }
}
