package jp.sekisho.eventlisteners.freeze;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

/**
 * What was frozen of the users that a request removes: an import overwrites one by another of the same name, or of the same
 * e-mail address under another name, whose id is new.
 */
// JP25-8
final class Overwritten implements ProviderEventListener {

    private static final String REMOVED = Overwritten.class.getName() + ".removed";

    /**
     * @param email null where he had none
     * @param freezes those that last
     */
    private record Removed(String id, String username, String email, List<Freeze> freezes) {

        /** Where two have the same address, it may have been either. */
        private boolean overwrittenBy(UserModel user) {
            return !id.equals(user.getId())
                    && (username.equalsIgnoreCase(user.getUsername())
                            || email != null && email.equalsIgnoreCase(user.getEmail()));
        }
    }

    /** All that one request removes. */
    private record AllRemoved(List<Removed> users) {

        private static AllRemoved of(KeycloakSession session) {
            return Optional.ofNullable(session.getAttribute(REMOVED, AllRemoved.class))
                    .orElseGet(() -> new AllRemoved(List.of()));
        }

        private AllRemoved and(Removed another) {
            return new AllRemoved(
                    Stream.concat(users.stream(), Stream.of(another)).toList());
        }
    }

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
                    session.setAttribute(
                            REMOVED,
                            AllRemoved.of(session)
                                    .and(new Removed(user.getId(), user.getUsername(), user.getEmail(), lasting)));
                }
            }
        }
    }

    /** Of the users in whose place he is since this request; empty where it is the same id: its rows stand. */
    static List<Freeze> freezes(KeycloakSession session, UserModel user) {
        return AllRemoved.of(session).users().stream()
                .filter(removed -> removed.overwrittenBy(user))
                .flatMap(removed -> removed.freezes().stream())
                .toList();
    }
}
