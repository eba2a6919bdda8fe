package jp.sekisho.eventlisteners.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.email.DefaultEmailSenderProvider;
import org.keycloak.email.EmailAuthenticator;
import org.keycloak.email.EmailAuthenticator.AuthenticatorType;
import org.keycloak.email.EmailException;
import org.keycloak.models.KeycloakSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends as stock Keycloak's sender does, with less work a mail: what a configuration means is worked out once a node, and
 * the mails of one Keycloak session go over one connection. Nor does it log what the mail server answers, which repeats the
 * address. A way to log in that it does not know is left to the stock sender.
 */
final class SmtpSender extends DefaultEmailSenderProvider {

    private static final Logger LOG = LoggerFactory.getLogger(SmtpSender.class);

    private final KeycloakSession session;
    private final Map<AuthenticatorType, EmailAuthenticator> authenticators;
    private final SmtpSetups setups;
    private final Map<SmtpSetup, Transport> connections = new HashMap<>();

    SmtpSender(KeycloakSession session, Map<AuthenticatorType, EmailAuthenticator> authenticators, SmtpSetups setups) {
        super(session, authenticators);
        this.session = session;
        this.authenticators = authenticators;
        this.setups = setups;
    }

    @Override
    public void send(Map<String, String> config, String address, String subject, String textBody, String htmlBody)
            throws EmailException {
        Optional<EmailAuthenticator> authenticator = authenticator(config);
        if (authenticator.isEmpty()) {
            super.send(config, address, subject, textBody, htmlBody);
            return;
        }
        SmtpSetup setup = setups.of(session, config);
        InternetAddress recipient = setup.recipient(address);
        Message message = setup.message(recipient, subject, textBody, htmlBody);
        try {
            connected(setup, config, authenticator.get()).sendMessage(message, new InternetAddress[] {recipient});
        } catch (EmailException | MessagingException | RuntimeException failed) {
            // Whatever state it left the connection in, the next mail begins with a new one.
            Optional.ofNullable(connections.remove(setup)).ifPresent(SmtpSender::close);
            LOG.warn("a mail was not sent: {}", Causes.kinds(failed));
            throw new EmailException(
                    "Error when attempting to send the email to the server: " + Causes.kinds(failed), failed);
        }
    }

    private Optional<EmailAuthenticator> authenticator(Map<String, String> config) {
        if (!"true".equals(config.get("auth"))) {
            return Optional.ofNullable(authenticators.get(AuthenticatorType.NONE));
        }
        return switch (config.getOrDefault("authType", "basic")) {
            case "basic" -> Optional.ofNullable(authenticators.get(AuthenticatorType.BASIC));
            case "token" -> Optional.ofNullable(authenticators.get(AuthenticatorType.TOKEN));
            default -> Optional.empty();
        };
    }

    /** One that the server closed since the last mail is opened anew: nothing of this mail was sent over it. */
    private Transport connected(SmtpSetup setup, Map<String, String> config, EmailAuthenticator authenticator)
            throws EmailException, MessagingException {
        Transport before = connections.get(setup);
        if (before != null && before.isConnected()) {
            return before;
        }
        Transport transport = setup.session().getTransport("smtp");
        connections.put(setup, transport);
        authenticator.connect(session, config, transport);
        return transport;
    }

    @Override
    public void close() {
        connections.values().forEach(SmtpSender::close);
        connections.clear();
    }

    private static void close(Transport transport) {
        try {
            transport.close();
        } catch (MessagingException gone) {
            LOG.debug("a connection to a mail server was gone before it was closed");
        }
    }
}
