package jp.sekisho.checkpoint.customer;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.storage.customer.CustomerState;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.key.RealmKeys;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * State goes with its user and realm, in the transaction that removes them; evidence stays (decision 2), and what is frozen
 * stays so for whoever is made anew under the same id.
 */
// FFAJ-2.2-S3
public final class StateRemoval implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof UserModel.UserRemovedEvent removed) {
            userRemoved(removed.getKeycloakSession(), removed.getRealm(), removed.getUser());
        } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
            realmRemoved(removed.getKeycloakSession(), removed.getRealm());
        }
    }

    private static void userRemoved(KeycloakSession session, RealmModel realm, UserModel user) {
        EntityManager em = entityManager(session);
        Customers.existing(session, realm).ifPresent(pseudonyms -> {
            String customer = pseudonyms.ofUser(user.getId());
            Instant now = DatabaseClock.now(em);
            new CustomerState(em).deleteCustomer(realm.getId(), customer, user.getId(), now);
            new EvidenceLog(em).append(Facts.stateDeleted(realm.getId(), customer, now));
        });
    }

    private static void realmRemoved(KeycloakSession session, RealmModel realm) {
        EntityManager em = entityManager(session);
        // Who has no key had no customers.
        boolean guarded = new RealmKeys(em).find(realm.getId()).isPresent();
        new CustomerState(em).deleteRealm(realm.getId());
        if (guarded) {
            new EvidenceLog(em).append(Facts.realmStateDeleted(realm.getId(), DatabaseClock.now(em)));
        }
        Customers.forget(realm.getId());
    }

    private static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
