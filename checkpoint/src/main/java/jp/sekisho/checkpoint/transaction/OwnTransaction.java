package jp.sekisho.checkpoint.transaction;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Work that is committed on return, whatever becomes of the request. Nothing else is in its transaction: no user session
 * whose asynchronous commit could take a counter with it.
 */
public final class OwnTransaction {

    private OwnTransaction() {}

    public static <T> T call(KeycloakSession session, Function<EntityManager, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(), inner -> work.apply(entityManager(inner)));
    }

    public static void run(KeycloakSession session, Consumer<EntityManager> work) {
        call(session, em -> {
            work.accept(em);
            return null;
        });
    }

    /** Committed only where the work has a result; rolled back where it is empty. */
    public static <T> Optional<T> attempt(KeycloakSession session, Function<EntityManager, Optional<T>> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), inner -> {
            Optional<T> result = work.apply(entityManager(inner));
            if (result.isEmpty()) {
                inner.getTransactionManager().setRollbackOnly();
            }
            return result;
        });
    }

    private static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
