package jp.sekisho.checkpoint.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * A component's configuration as it is committed. Keycloak's update of a component changes the one in the cache, which all
 * requests of the node read, before it asks whether the change may be: what it will refuse must not count meanwhile.
 */
@FunctionalInterface
interface CommittedPolicy {

    /** Empty where the component is not committed yet. */
    Optional<Map<String, List<String>>> of(KeycloakSession session, String componentId);

    static Optional<Map<String, List<String>>> stored(KeycloakSession session, String componentId) {
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), own -> {
            var em = own.getProvider(JpaConnectionProvider.class).getEntityManager();
            boolean there = em.createQuery("select count(c) from ComponentEntity c where c.id = :id", Long.class)
                            .setParameter("id", componentId)
                            .getSingleResult()
                    > 0;
            if (!there) {
                return Optional.empty();
            }
            Map<String, List<String>> config = new HashMap<>();
            em.createQuery(
                            "select c.name, c.value from ComponentConfigEntity c where c.component.id = :id",
                            Object[].class)
                    .setParameter("id", componentId)
                    .getResultStream()
                    .forEach(row -> config.computeIfAbsent((String) row[0], name -> new ArrayList<>())
                            .add((String) row[1]));
            return Optional.of(config);
        });
    }
}
