package jp.sekisho.checkpoint.transaction;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * What must be written whatever becomes of the request, but not before its end: it goes with the commit of the request,
 * which is before anything is answered, and is committed by itself where the request is rolled back.
 */
public final class ClosingWork {

    private static final String KEY = ClosingWork.class.getName();

    private final List<Consumer<EntityManager>> works = new ArrayList<>();

    private ClosingWork() {}

    /**
     * Adds work, done in the order of adding.
     *
     * @param work may be done a second time, after the first was rolled back
     */
    public static void add(KeycloakSession session, Consumer<EntityManager> work) {
        ClosingWork closing = session.getAttribute(KEY, ClosingWork.class);
        if (closing == null) {
            closing = new ClosingWork();
            session.setAttribute(KEY, closing);
            closing.enlist(session);
        }
        closing.works.add(work);
    }

    private void enlist(KeycloakSession session) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                // What locks rows of Keycloak's own comes first, so that two requests of a customer never wait for each
                // other.
                em.flush();
                works.forEach(work -> work.accept(em));
            }

            @Override
            protected void rollbackImpl() {}
        });
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {}

            @Override
            protected void rollbackImpl() {
                works.forEach(work -> OwnTransaction.call(session, own -> {
                    work.accept(own);
                    return null;
                }));
            }
        });
    }
}
