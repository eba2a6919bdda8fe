package jp.sekisho.checkpoint.access;

import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import jp.sekisho.policies.access.AccessRules;
import jp.sekisho.storage.access.StoredRules;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The realms' compiled access rules on this node: a login reads memory. Each second one statement asks for the versions, and
 * what changed is read and compiled anew; until then, and where the database does not answer, the rules stay as they are.
 */
public final class AccessSnapshots implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessSnapshots.class);

    /** A fifth of the time in which a change must be in effect everywhere. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** How long it takes to read and compile a realm's rules: a part of the time in which a change is in effect. */
    private static final String READ = "sekisho.access.read";

    private final KeycloakSessionFactory factory;
    private final Map<String, Snapshot> byRealm = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watcher;

    public AccessSnapshots(KeycloakSessionFactory factory) {
        this.factory = factory;
        this.watcher = Executors.newSingleThreadScheduledExecutor(work -> {
            var thread = new Thread(work, "sekisho-access");
            thread.setDaemon(true);
            return thread;
        });
        watcher.scheduleWithFixedDelay(this::refresh, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The first login of a realm on this node waits until its rules are read. */
    public AccessRules of(String realmId) {
        return byRealm.computeIfAbsent(realmId, this::load).rules();
    }

    private void refresh() {
        if (byRealm.isEmpty()) {
            return;
        }
        try {
            Map<String, Long> versions = reading(em -> new StoredRules(em).versions());
            byRealm.replaceAll((realmId, snapshot) -> refreshed(realmId, snapshot, versions.getOrDefault(realmId, 0L)));
        } catch (RuntimeException notNow) {
            LOG.warn("The access rules could not be read; those of the last time stay in force: {}", notNow.toString());
        }
    }

    private Snapshot load(String realmId) {
        return Metrics.timer(READ).record(() -> reading(em -> Snapshot.whole(em, realmId)));
    }

    private Snapshot refreshed(String realmId, Snapshot snapshot, long version) {
        return version == snapshot.version()
                ? snapshot
                : Metrics.timer(READ).record(() -> reading(em -> snapshot.upTo(version, em, realmId)));
    }

    private <T> T reading(Function<EntityManager, T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> work.apply(
                        session.getProvider(JpaConnectionProvider.class).getEntityManager()));
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
