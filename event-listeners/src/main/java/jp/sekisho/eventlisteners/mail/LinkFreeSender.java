package jp.sekisho.eventlisteners.mail;

import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.policies.notice.Links;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The last gate: whatever wrote the mail, with a link it does not leave in a realm with a policy (decision 10). */
// FFAJ-1.2-S2
final class LinkFreeSender implements EmailSenderProvider {

    private final KeycloakSession session;
    private final EmailSenderProvider sender;

    LinkFreeSender(KeycloakSession session, EmailSenderProvider sender) {
        this.session = session;
        this.sender = sender;
    }

    @Override
    public void send(Map<String, String> config, UserModel user, String subject, String textBody, String htmlBody)
            throws EmailException {
        check(subject, textBody, htmlBody);
        sender.send(config, user, subject, textBody, htmlBody);
    }

    @Override
    public void send(Map<String, String> config, String address, String subject, String textBody, String htmlBody)
            throws EmailException {
        check(subject, textBody, htmlBody);
        sender.send(config, address, subject, textBody, htmlBody);
    }

    private void check(String subject, String textBody, String htmlBody) throws EmailException {
        boolean link = Links.in(subject) || Links.in(textBody) || Links.in(htmlBody);
        if (link && guarded()) {
            throw new EmailException("Sekisho: no mail carries a link in this realm, and this one does");
        }
    }

    /** A mail that belongs to no realm we know is guarded: deny when in doubt. */
    private boolean guarded() {
        Optional<RealmModel> realm = Optional.ofNullable(session.getContext().getRealm());
        return realm.map(known -> RealmPolicies.of(session, known).isPresent()).orElse(true);
    }

    @Override
    public void validate(Map<String, String> config) throws EmailException {
        sender.validate(config);
    }

    @Override
    public void close() {
        sender.close();
    }
}
