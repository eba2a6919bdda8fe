package jp.sekisho.checkpoint.access;

import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.sekisho.policies.access.AccessRules;
import jp.sekisho.storage.access.StoredRule;
import jp.sekisho.storage.access.StoredRules;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The realms' compiled access rules on this node: a login reads memory. Each second one statement asks for the versions, and
 * what changed is compiled anew; until then, and where the database does not answer, the rules stay as they are.
 */
public final class AccessSnapshots implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessSnapshots.class);

    /** A fifth of the time in which a change must be in effect everywhere. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** How long it takes to read and compile a realm's rules: a part of the time in which a change is in effect. */
    private static final String READ = "sekisho.access.read";

    private record Snapshot(long version, AccessRules rules) {}

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
            Map<String, Long> versions = KeycloakModelUtils.runJobInTransactionWithResult(
                    factory,
                    session -> new StoredRules(session.getProvider(JpaConnectionProvider.class)
                                    .getEntityManager())
                            .versions());
            byRealm.replaceAll((realmId, snapshot) ->
                    versions.getOrDefault(realmId, 0L) == snapshot.version() ? snapshot : load(realmId));
        } catch (RuntimeException notNow) {
            LOG.warn("The access rules could not be read; those of the last time stay in force: {}", notNow.toString());
        }
    }

    /** The version first: what is changed in between is only compiled once more. */
    private Snapshot load(String realmId) {
        return Metrics.timer(READ)
                .record(() -> KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
                    var em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
                    StoredRules stored = new StoredRules(em);
                    Instant now = DatabaseClock.now(em);
                    long version = stored.versions().getOrDefault(realmId, 0L);
                    try (Stream<StoredRule> rules = stored.ofRealm(realmId, now)) {
                        return new Snapshot(
                                version, AccessRules.of(rules.map(Matches::rule).toList()));
                    }
                }));
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }
}
