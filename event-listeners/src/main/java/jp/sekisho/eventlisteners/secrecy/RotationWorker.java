package jp.sekisho.eventlisteners.secrecy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import jp.sekisho.checkpoint.secrecy.NoKeyException;
import jp.sekisho.checkpoint.secrecy.Secrecy;
import jp.sekisho.storage.secrecy.SealedColumn;
import jp.sekisho.storage.secrecy.SealedValues;
import jp.sekisho.storage.secrecy.SealedValues.Sealed;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals anew what stands under an older key: at once when another key seals, and again once an hour, since a node that had
 * the new key a minute later may have sealed with the old one. Nodes may do it side by side: each row is replaced only
 * over what was read.
 */
// FFAJ-2.2-S1
public final class RotationWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RotationWorker.class);
    private static final Duration AGAIN = Duration.ofHours(1);
    private static final int BATCH = 100;

    private final KeycloakSessionFactory factory;
    private final Map<SealedColumn, AtomicLong> left = new EnumMap<>(SealedColumn.class);
    private Optional<String> done = Optional.empty();
    private long doneAt;

    public RotationWorker(KeycloakSessionFactory factory) {
        this.factory = factory;
        for (SealedColumn column : SealedColumn.values()) {
            AtomicLong rows = new AtomicLong();
            left.put(column, rows);
            Gauge.builder("sekisho.secrecy.rows.left", rows, AtomicLong::get)
                    .description("Rows that are not yet under the key that seals")
                    .tag("column", column.table() + '.' + column.column())
                    .register(Metrics.globalRegistry);
        }
    }

    @Override
    public void run() {
        Optional<String> key = inTransaction(session -> secrecy(session).currentKey());
        if (key.isEmpty() || key.equals(done) && System.nanoTime() - doneAt < AGAIN.toNanos()) {
            return;
        }
        for (SealedColumn column : SealedColumn.values()) {
            if (!rotate(column, key.get())) {
                return;
            }
        }
        done = key;
        doneAt = System.nanoTime();
    }

    /** @return false where the worker is to stop */
    private boolean rotate(SealedColumn column, String key) {
        count(column, key);
        String after = "";
        while (!Thread.currentThread().isInterrupted()) {
            String from = after;
            List<Sealed> batch = inTransaction(session -> batch(session, column, key, from));
            if (batch.isEmpty()) {
                count(column, key);
                return true;
            }
            left.get(column).addAndGet(-batch.size());
            after = batch.get(batch.size() - 1).row();
        }
        return false;
    }

    private static List<Sealed> batch(KeycloakSession session, SealedColumn column, String key, String after) {
        SealedValues values = new SealedValues(em(session));
        Secrecy secrecy = secrecy(session);
        List<Sealed> batch = values.notUnder(column, key, after, BATCH);
        for (Sealed value : batch) {
            try {
                String text = secrecy.open(column, value.row(), value.text());
                values.replace(column, value, secrecy.seal(column, value.row(), text));
            } catch (NoKeyException unreadable) {
                LOG.error("{}; it stays as it is", unreadable.getMessage());
            }
        }
        return batch;
    }

    /** What remains when all were looked at cannot be opened. */
    private void count(SealedColumn column, String key) {
        left.get(column).set(inTransaction(session -> new SealedValues(em(session)).countNotUnder(column, key)));
    }

    private <T> T inTransaction(Function<KeycloakSession, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, work::apply);
    }

    private static Secrecy secrecy(KeycloakSession session) {
        return session.getProvider(Secrecy.class);
    }

    private static EntityManager em(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
