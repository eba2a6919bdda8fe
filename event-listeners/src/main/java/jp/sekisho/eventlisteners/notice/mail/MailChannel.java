package jp.sekisho.eventlisteners.notice.mail;

import jakarta.mail.SendFailedException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.notice.NoticeChannel;
import jp.sekisho.checkpoint.notice.OutgoingNotice;
import jp.sekisho.checkpoint.notice.UndeliverableException;
import jp.sekisho.eventlisteners.mail.Causes;
import jp.sekisho.eventlisteners.notice.text.NoticeText;
import jp.sekisho.eventlisteners.notice.text.NoticeTexts;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.theme.FreeMarkerException;
import org.keycloak.theme.Theme;
import org.keycloak.theme.freemarker.FreeMarkerProvider;

/**
 * Mail over the realm's SMTP server. Keycloak's door for mails takes no Message-ID, so that a mail that is sent twice is
 * recognised by the reference in its text. The sender keeps one connection for the mails of one Keycloak session.
 */
final class MailChannel implements NoticeChannel {

    private static final String TEMPLATE = "sekisho-notice.ftl";

    private final KeycloakSession session;

    MailChannel(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void send(OutgoingNotice notice) throws UndeliverableException {
        NoticeText text = NoticeTexts.of(session, notice);
        Map<String, String> smtp = notice.realm().getSmtpConfig();
        String recipient = notice.payload().recipient();
        try {
            Theme theme = NoticeTexts.theme(session);
            String plain = rendered("text/" + TEMPLATE, text, theme);
            String html = rendered("html/" + TEMPLATE, text, theme);
            session.getProvider(EmailSenderProvider.class).send(smtp, recipient, text.subject(), plain, html);
        } catch (EmailException failed) {
            throw undeliverable(failed);
        } catch (IOException | FreeMarkerException broken) {
            throw UndeliverableException.atPresent("the mail cannot be written: " + broken.getMessage(), broken);
        }
    }

    private String rendered(String template, NoticeText text, Theme theme) throws FreeMarkerException {
        return session.getProvider(FreeMarkerProvider.class).processTemplate(model(text), template, theme);
    }

    static Map<String, Object> model(NoticeText text) {
        Map<String, Object> model = new HashMap<>();
        model.put("language", text.language());
        model.put("subject", text.subject());
        model.put("greeting", text.greeting());
        model.put("lead", text.lead());
        model.put("details", text.details());
        model.put("advice", text.advice());
        model.put("contactTitle", text.contactTitle());
        model.put("contact", text.contact());
        model.put("footer", text.footer());
        return model;
    }

    private static UndeliverableException undeliverable(EmailException failed) {
        if (causedBy(failed, MailChannel::namesInvalidAddresses)) {
            return UndeliverableException.forEver("the address is refused: " + Causes.kinds(failed), failed);
        }
        return causedBy(failed, MailChannel::namesAddressesToTryAgain)
                ? UndeliverableException.toThisOneAtPresent(Causes.kinds(failed), failed)
                : UndeliverableException.atPresent(Causes.kinds(failed), failed);
    }

    private static boolean causedBy(Throwable failed, Predicate<SendFailedException> kind) {
        return Stream.iterate(failed, cause -> cause != null, Throwable::getCause)
                .filter(SendFailedException.class::isInstance)
                .map(SendFailedException.class::cast)
                .anyMatch(kind);
    }

    private static boolean namesInvalidAddresses(SendFailedException send) {
        return send.getInvalidAddresses() != null && send.getInvalidAddresses().length > 0;
    }

    /** What the mail library says of a recipient that was not accepted; of a whole mail it says it by a subclass. */
    private static boolean namesAddressesToTryAgain(SendFailedException send) {
        return send.getClass() == SendFailedException.class
                && send.getValidUnsentAddresses() != null
                && send.getValidUnsentAddresses().length > 0;
    }
}
