package jp.sekisho.eventlisteners.mail;

import jakarta.mail.util.StreamProvider;
import org.keycloak.Config;
import org.keycloak.email.DefaultEmailSenderProviderFactory;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.truststore.JSSETruststoreConfigurator;

/** Stands in for stock Keycloak's factory under its id: every mail of the server passes the gate and leaves in one way. */
public final class LinkFreeSenderFactory extends DefaultEmailSenderProviderFactory {

    /** The mail library's own name for the option. */
    private static final String STREAMS = StreamProvider.class.getName();

    private final SmtpSetups setups = new SmtpSetups(JSSETruststoreConfigurator::new);

    /** Where it is not named, the mail library searches the class path for it several times a mail. */
    @Override
    public void init(Config.Scope config) {
        super.init(config);
        if (System.getProperty(STREAMS) == null) {
            System.setProperty(STREAMS, StreamProvider.provider().getClass().getName());
        }
    }

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
