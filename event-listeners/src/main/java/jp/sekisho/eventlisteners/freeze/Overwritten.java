package jp.sekisho.eventlisteners.freeze;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.storage.freeze.Freezes;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** What was frozen of the users that a request removes: an import overwrites one by another of the same name, whose id is new. */
// JP25-8
final class Overwritten implements ProviderEventListener {

    /** @param freezes those that last */
    private record Removed(String id, List<Freeze> freezes) {}

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof UserModel.UserRemovedEvent removed) {
            KeycloakSession session = removed.getKeycloakSession();
            RealmModel realm = removed.getRealm();
            UserModel user = removed.getUser();
            if (RealmPolicies.of(session, realm).isPresent()) {
                EntityManager em =
                        session.getProvider(JpaConnectionProvider.class).getEntityManager();
                List<Freeze> lasting = new Freezes(em).of(Customers.pseudonym(session, realm, user));
                if (!lasting.isEmpty()) {
                    session.setAttribute(key(user), new Removed(user.getId(), lasting));
                }
            }
        }
    }

    /** Of the user in whose place he is since this request; empty where it is the same id: its rows stand. */
    static List<Freeze> freezes(KeycloakSession session, UserModel user) {
        return Optional.ofNullable(session.getAttribute(key(user), Removed.class))
                .filter(removed -> !removed.id().equals(user.getId()))
                .map(Removed::freezes)
                .orElse(List.of());
    }

    private static String key(UserModel user) {
        return Overwritten.class.getName() + '.' + user.getUsername();
    }
}
