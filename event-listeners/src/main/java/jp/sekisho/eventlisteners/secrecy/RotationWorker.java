package jp.sekisho.eventlisteners.secrecy;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.sekisho.checkpoint.secrecy.NoKeyException;
import jp.sekisho.checkpoint.secrecy.Seal;
import jp.sekisho.checkpoint.secrecy.Secrecy;
import jp.sekisho.storage.key.RealmKeys;
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
 * Seals anew what stands under an older key of its realm, or in clear: at once when another key seals, and again once an
 * hour, since a node that had the new key a minute later may have sealed with the old one. Nodes may do it side by side:
 * each row is replaced only over what was read.
 */
// FFAJ-2.2-S1
public final class RotationWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RotationWorker.class);
    private static final Duration AGAIN = Duration.ofHours(1);
    private static final int BATCH = 100;

    private final KeycloakSessionFactory factory;
    private final Map<Place, Long> left = new ConcurrentHashMap<>();
    private final Map<String, Done> done = new HashMap<>();

    public RotationWorker(KeycloakSessionFactory factory) {
        this.factory = factory;
        for (SealedColumn column : SealedColumn.values()) {
            Gauge.builder("sekisho.secrecy.rows.left", () -> left(column))
                    .description("Rows that are not yet under the key that seals")
                    .tag("column", column.table() + '.' + column.column())
                    .register(Metrics.globalRegistry);
        }
    }

    private record Place(String realmId, SealedColumn column) {}

    private record Done(String key, long at) {

        boolean still(String current) {
            return key.equals(current) && System.nanoTime() - at < AGAIN.toNanos();
        }
    }

    private long left(SealedColumn column) {
        return left.entrySet().stream()
                .filter(entry -> entry.getKey().column() == column)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public void run() {
        Map<String, Optional<String>> keys = inTransaction(RotationWorker::currentKeys);
        done.keySet().retainAll(keys.keySet());
        left.keySet().removeIf(place -> !keys.containsKey(place.realmId()));
        keys.forEach((realmId, current) -> current.filter(
                        key -> done.get(realmId) == null || !done.get(realmId).still(key))
                .ifPresent(key -> rotate(realmId, key)));
    }

    /** By realm; empty where a realm has no key now. */
    private static Map<String, Optional<String>> currentKeys(KeycloakSession session) {
        return new RealmKeys(em(session))
                .realms().stream()
                        .collect(Collectors.toMap(
                                realmId -> realmId,
                                realmId -> seal(session, realmId).currentKey()));
    }

    private void rotate(String realmId, String key) {
        for (SealedColumn column : SealedColumn.values()) {
            if (!rotate(new Place(realmId, column), key)) {
                return;
            }
        }
        done.put(realmId, new Done(key, System.nanoTime()));
    }

    /** @return false where the worker is to stop */
    private boolean rotate(Place place, String key) {
        count(place, key);
        String after = "";
        while (!Thread.currentThread().isInterrupted()) {
            String from = after;
            List<Sealed> batch = inTransaction(session -> batch(session, place, key, from));
            if (batch.isEmpty()) {
                count(place, key);
                return true;
            }
            left.merge(place, (long) -batch.size(), Long::sum);
            after = batch.get(batch.size() - 1).row();
        }
        return false;
    }

    private static List<Sealed> batch(KeycloakSession session, Place place, String key, String after) {
        SealedValues values = new SealedValues(em(session), place.realmId());
        Seal seal = seal(session, place.realmId());
        List<Sealed> batch = values.notUnder(place.column(), key, after, BATCH);
        for (Sealed value : batch) {
            try {
                String text = seal.open(place.column(), value.row(), value.text());
                values.replace(place.column(), value, seal.seal(place.column(), value.row(), text));
            } catch (NoKeyException unreadable) {
                LOG.error("{}; it stays as it is", unreadable.getMessage());
            }
        }
        return batch;
    }

    /** What remains when all were looked at cannot be opened. */
    private void count(Place place, String key) {
        left.put(
                place,
                inTransaction(
                        session -> new SealedValues(em(session), place.realmId()).countNotUnder(place.column(), key)));
    }

    private <T> T inTransaction(Function<KeycloakSession, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, work::apply);
    }

    private static Seal seal(KeycloakSession session, String realmId) {
        return session.getProvider(Secrecy.class).of(realmId);
    }

    private static EntityManager em(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
