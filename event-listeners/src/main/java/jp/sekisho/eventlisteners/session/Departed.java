package jp.sekisho.eventlisteners.session;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.storage.adapter.AbstractInMemoryUserAdapter;

/** A user who is there no more, as far as a logout token speaks of him. */
final class Departed extends AbstractInMemoryUserAdapter {

    Departed(KeycloakSession session, RealmModel realm, String id) {
        super(session, realm, id);
    }

    @Override
    public SubjectCredentialManager credentialManager() {
        throw new UnsupportedOperationException("nobody is there");
    }
}
