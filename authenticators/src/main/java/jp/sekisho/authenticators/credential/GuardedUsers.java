package jp.sekisho.authenticators.credential;

import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.jpa.JpaUserProvider;
import org.keycloak.models.jpa.JpaUserProviderFactory;

/**
 * Keycloak's store of users, which asks before a credential gets another name: whoever renames one, through whichever of its
 * interfaces, comes through here, and no event tells of it.
 */
// FFAJ-2.2-S4, JP25-8
public final class GuardedUsers extends JpaUserProvider {

    private final Renaming renaming;

    private GuardedUsers(KeycloakSession session, EntityManager em) {
        super(session, em);
        this.renaming = new Renaming(session);
    }

    /** A login comes here, too, with a counter: what it costs is a look at what is updated anyway. */
    @Override
    public void updateCredential(RealmModel realm, UserModel user, CredentialModel credential) {
        renaming.check(realm, user, getStoredCredentialById(realm, user, credential.getId()), credential);
        super.updateCredential(realm, user, credential);
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends JpaUserProviderFactory {

        @Override
        public UserProvider create(KeycloakSession session) {
            return new GuardedUsers(
                    session, session.getProvider(JpaConnectionProvider.class).getEntityManager());
        }
    }
}
