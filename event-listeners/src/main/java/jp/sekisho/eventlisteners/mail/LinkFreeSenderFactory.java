package jp.sekisho.eventlisteners.mail;

import org.keycloak.email.DefaultEmailSenderProviderFactory;
import org.keycloak.email.EmailSenderProvider;
import org.keycloak.models.KeycloakSession;

/** Stands in for stock Keycloak's factory under its id, and lets the stock sender send. */
public final class LinkFreeSenderFactory extends DefaultEmailSenderProviderFactory {

    @Override
    public EmailSenderProvider create(KeycloakSession session) {
        return new LinkFreeSender(session, super.create(session));
    }

    /** Above stock: of two factories with one id the higher one serves. */
    @Override
    public int order() {
        return 1;
    }
}
