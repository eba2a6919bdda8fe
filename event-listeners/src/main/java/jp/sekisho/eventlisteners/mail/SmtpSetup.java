package jp.sekisho.eventlisteners.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.security.NoSuchAlgorithmException;
import java.util.Date;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.keycloak.common.enums.HostnameVerificationPolicy;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.truststore.JSSETruststoreConfigurator;
import org.keycloak.utils.EmailValidationUtil;
import org.keycloak.utils.SMTPUtil;

/**
 * What a realm's SMTP configuration means, worked out once: the same options with the same meaning as in stock Keycloak's
 * sender.
 */
final class SmtpSetup {

    private static final String TIMEOUT_MILLIS = "10000";

    private final Session session;
    private final boolean allowUtf8;
    private final InternetAddress from;
    private final Address[] replyTo;

    private SmtpSetup(Session session, boolean allowUtf8, InternetAddress from, Address[] replyTo) {
        this.session = session;
        this.allowUtf8 = allowUtf8;
        this.from = from;
        this.replyTo = replyTo;
    }

    /** @throws EmailException if an address in the configuration is none */
    static SmtpSetup of(Map<String, String> config, Supplier<JSSETruststoreConfigurator> truststore)
            throws EmailException {
        boolean allowUtf8 = is(config, EmailSenderProvider.CONFIG_ALLOW_UTF8);
        String from = converted(config.get("from"), allowUtf8, "sender");
        String replyTo = config.get("replyTo");
        InternetAddress sender = named(from, config.get("fromDisplayName"));
        InternetAddress reply = filled(replyTo)
                ? named(converted(replyTo, allowUtf8, "reply-to"), config.get("replyToDisplayName"))
                : sender;
        Session session = Session.getInstance(properties(config, truststore, from, allowUtf8));
        return new SmtpSetup(session, allowUtf8, sender, new Address[] {reply});
    }

    Session session() {
        return session;
    }

    /** @throws EmailException if it is no address this setup can send to; its message does not repeat the address */
    InternetAddress recipient(String address) throws EmailException {
        return named(converted(address, allowUtf8, "recipient's"), null);
    }

    Message message(InternetAddress recipient, String subject, String textBody, String htmlBody) throws EmailException {
        try {
            MimeMultipart body = new MimeMultipart("alternative");
            if (textBody != null) {
                MimeBodyPart text = new MimeBodyPart();
                text.setText(textBody, UTF_8.name());
                body.addBodyPart(text);
            }
            if (htmlBody != null) {
                MimeBodyPart html = new MimeBodyPart();
                html.setContent(htmlBody, "text/html; charset=UTF-8");
                body.addBodyPart(html);
            }
            MimeMessage message = new MimeMessage(session);
            message.setFrom(from);
            message.setReplyTo(replyTo);
            message.setHeader("To", recipient.getAddress());
            message.setSubject(MimeUtility.encodeText(subject, UTF_8.name(), null));
            message.setContent(body);
            message.setSentDate(new Date());
            message.saveChanges();
            return message;
        } catch (UnsupportedEncodingException | MessagingException broken) {
            throw new EmailException("the mail cannot be written", broken);
        }
    }

    private static Properties properties(
            Map<String, String> config,
            Supplier<JSSETruststoreConfigurator> truststore,
            String from,
            boolean allowUtf8) {
        Properties properties = new Properties();
        copy(config, "host", properties, "mail.smtp.host");
        copy(config, "port", properties, "mail.smtp.port");
        if (is(config, "auth")) {
            properties.setProperty("mail.smtp.auth", "true");
        }
        if ("token".equals(config.get("authType"))) {
            properties.setProperty("mail.smtp.auth.mechanisms", "XOAUTH2");
        }
        if (is(config, "debug")) {
            properties.setProperty("mail.debug", "true");
        }
        if (is(config, "ssl")) {
            properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        if (is(config, "starttls")) {
            properties.setProperty("mail.smtp.starttls.enable", "true");
        }
        if (is(config, "ssl") || is(config, "starttls") || is(config, "auth")) {
            properties.setProperty("mail.smtp.ssl.protocols", supportedProtocols());
            trust(truststore.get(), properties);
        }
        properties.setProperty("mail.smtp.timeout", config.getOrDefault("timeout", TIMEOUT_MILLIS));
        properties.setProperty("mail.smtp.connectiontimeout", config.getOrDefault("connectionTimeout", TIMEOUT_MILLIS));
        properties.setProperty("mail.smtp.writetimeout", config.getOrDefault("writeTimeout", TIMEOUT_MILLIS));
        if (filled(config.get("envelopeFrom"))) {
            properties.setProperty("mail.smtp.from", config.get("envelopeFrom"));
        }
        if (allowUtf8) {
            properties.setProperty("mail.mime.allowutf8", "true");
        }
        // Else the mail library asks the name service for this node's name, and writes it into the mail.
        properties.setProperty("mail.from", from);
        return properties;
    }

    private static void trust(JSSETruststoreConfigurator truststore, Properties properties) {
        SSLSocketFactory sockets = truststore.getSSLSocketFactory();
        if (sockets == null) {
            return;
        }
        boolean anyHost = truststore.getProvider().getPolicy() == HostnameVerificationPolicy.ANY;
        properties.put("mail.smtp.ssl.socketFactory", sockets);
        properties.setProperty("mail.smtp.ssl.checkserveridentity", Boolean.toString(!anyHost));
        if (anyHost) {
            properties.setProperty("mail.smtp.ssl.trust", "*");
        }
    }

    private static String supportedProtocols() {
        try {
            return String.join(
                    " ", SSLContext.getDefault().getSupportedSSLParameters().getProtocols());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void copy(Map<String, String> config, String option, Properties properties, String property) {
        if (config.get(option) != null) {
            properties.setProperty(property, config.get(option));
        }
    }

    private static String converted(String address, boolean allowUtf8, String whose) throws EmailException {
        if (EmailValidationUtil.isValidEmail(address)) {
            String converted = allowUtf8 ? address : SMTPUtil.convertIDNEmailAddress(address);
            if (converted != null && (allowUtf8 || UTF_8.encode(converted).limit() == converted.length())) {
                return converted;
            }
        }
        throw new EmailException(
                "Invalid " + whose + " address. One with other than ASCII characters before the @ needs"
                        + " an SMTP server with SMTPUTF8, and 'Allow UTF-8' in the realm's e-mail settings.");
    }

    private static InternetAddress named(String address, String name) throws EmailException {
        try {
            InternetAddress plain = new InternetAddress(address);
            if (filled(name)) {
                plain.setPersonal(name, UTF_8.name());
            }
            return plain;
        } catch (MessagingException | UnsupportedEncodingException invalid) {
            throw new EmailException("Invalid e-mail address", invalid);
        }
    }

    private static boolean is(Map<String, String> config, String option) {
        return "true".equals(config.get(option));
    }

    private static boolean filled(String value) {
        return value != null && !value.isBlank();
    }
}
