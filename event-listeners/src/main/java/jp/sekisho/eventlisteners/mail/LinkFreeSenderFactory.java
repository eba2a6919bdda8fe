package jp.sekisho.eventlisteners.mail;

import org.keycloak.email.DefaultEmailSenderProviderFactory;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.truststore.JSSETruststoreConfigurator;

/** Stands in for stock Keycloak's factory under its id: every mail of the server passes the gate and leaves in one way. */
public final class LinkFreeSenderFactory extends DefaultEmailSenderProviderFactory {

    private final SmtpSetups setups = new SmtpSetups(JSSETruststoreConfigurator::new);

    @Override
    public EmailSenderProvider create(KeycloakSession session) {
        return new LinkFreeSender(session, new SmtpSender(session, getEmailAuthenticators(), setups));
    }

    /** Above stock: of two factories with one id the higher one serves. */
    @Override
    public int order() {
        return 1;
    }
}
