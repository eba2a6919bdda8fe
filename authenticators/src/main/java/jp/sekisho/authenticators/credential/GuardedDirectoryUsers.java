package jp.sekisho.authenticators.credential;

import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.federated.UserFederatedStorageProvider;
import org.keycloak.storage.jpa.JpaUserFederatedStorageProvider;
import org.keycloak.storage.jpa.JpaUserFederatedStorageProviderFactory;

/** What Keycloak stores of users whom a directory keeps without importing them, as {@link GuardedUsers} does of its own. */
// FFAJ-2.2-S4, JP25-8
public final class GuardedDirectoryUsers extends JpaUserFederatedStorageProvider {

    private final Renaming renaming;

    private GuardedDirectoryUsers(KeycloakSession session, EntityManager em) {
        super(session, em);
        this.renaming = new Renaming(session);
    }

    @Override
    public void updateCredential(RealmModel realm, UserModel user, CredentialModel credential) {
        renaming.check(realm, user, getStoredCredentialById(realm, user, credential.getId()), credential);
        super.updateCredential(realm, user, credential);
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends JpaUserFederatedStorageProviderFactory {

        @Override
        public UserFederatedStorageProvider create(KeycloakSession session) {
            return new GuardedDirectoryUsers(
                    session, session.getProvider(JpaConnectionProvider.class).getEntityManager());
        }
    }
}
