package jp.sekisho.checkpoint.transaction;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import jp.sekisho.storage.schema.Statements;
import jp.sekisho.storage.schema.Statements.Change;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * What is written at the end of the request, together with its commit, which is before anything is answered: changes in one trip to the
 * database, and work after them.
 */
public final class ClosingWork {

    private static final String KEY = ClosingWork.class.getName();

    private final List<Written> changes = new ArrayList<>();
    private final List<Consumer<EntityManager>> works = new ArrayList<>();

    private ClosingWork() {}

    /** @param always whether it is committed by itself where the request is rolled back */
    private record Written(Change change, boolean always, IntConsumer changed) {}

    /**
     * Adds work that must be done whatever becomes of the request: where it is rolled back, in a transaction of its own. Done in the order of
     * adding.
     *
     * @param work may be done a second time, after the first was rolled back
     */
    public static void add(KeycloakSession session, Consumer<EntityManager> work) {
        of(session).works.add(work);
    }

    /**
     * The same for a change, before all work.
     *
     * @param changed hears how many rows
     */
    public static void add(KeycloakSession session, Change change, IntConsumer changed) {
        of(session).changes.add(new Written(change, true, changed));
    }

    /** A change that goes with the request: one is not committed without the other. */
    public static void addToCommit(KeycloakSession session, Change change) {
        of(session).changes.add(new Written(change, false, rows -> {}));
    }

    private static ClosingWork of(KeycloakSession session) {
        ClosingWork closing = session.getAttribute(KEY, ClosingWork.class);
        if (closing == null) {
            closing = new ClosingWork();
            session.setAttribute(KEY, closing);
            closing.enlist(session);
        }
        return closing;
    }

    private void enlist(KeycloakSession session) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                // What locks rows of Keycloak's own comes first, so that two requests of a customer never wait for each
                // other.
                em.flush();
                write(em, changes);
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
                List<Written> left = changes.stream().filter(Written::always).toList();
                if (!left.isEmpty()) {
                    OwnTransaction.run(session, own -> write(own, left));
                }
                works.forEach(work -> OwnTransaction.run(session, work));
            }
        });
    }

    private static void write(EntityManager em, List<Written> changes) {
        List<Integer> rows =
                Statements.of(em).update(changes.stream().map(Written::change).toList());
        for (int i = 0; i < rows.size(); i++) {
            changes.get(i).changed().accept(rows.get(i));
        }
    }
}
