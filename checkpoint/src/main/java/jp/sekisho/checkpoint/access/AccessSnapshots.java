package jp.sekisho.checkpoint.access;

import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import jp.sekisho.policies.access.AccessRules;
import jp.sekisho.storage.access.RuleChanges;
import jp.sekisho.storage.access.StoredRules;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The realms' compiled access rules on this node: a login reads memory. Each second one statement asks for the versions, and
 * what changed is read and compiled anew; until then, and where the database does not answer, the rules stay as they are.
 * Where more changed than is remembered, all rules of that realm are read beside, and hold up nothing else.
 */
public final class AccessSnapshots implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AccessSnapshots.class);

    /** A fifth of the time in which a change must be in effect everywhere. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** How many realms are read whole at the same time. */
    private static final int READERS = 2;

    /** How long it takes to read and compile a realm's rules: a part of the time in which a change is in effect. */
    private static final String READ = "sekisho.access.read";

    /** From a change, by the database's clock, until it is in effect on this node. */
    private static final String LAG = "sekisho.access.lag";

    /** Reads in a transaction of its own. */
    interface Database {
        <T> T call(Function<EntityManager, T> work);
    }

    private final Database database;
    private final Executor readers;
    private final Runnable stop;
    private final Map<String, Snapshot> inForce = new ConcurrentHashMap<>();

    /** Read whole or being so, and not yet in force. */
    private final Map<String, CompletableFuture<Snapshot>> whole = new ConcurrentHashMap<>();

    AccessSnapshots(Database database, Executor readers, Runnable stop) {
        this.database = database;
        this.readers = readers;
        this.stop = stop;
    }

    public static AccessSnapshots watching(KeycloakSessionFactory factory) {
        ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(daemon("sekisho-access"));
        ExecutorService readers = Executors.newFixedThreadPool(READERS, daemon("sekisho-access-whole"));
        Database database = new Database() {
            @Override
            public <T> T call(Function<EntityManager, T> work) {
                return KeycloakModelUtils.runJobInTransactionWithResult(
                        factory,
                        session -> work.apply(
                                session.getProvider(JpaConnectionProvider.class).getEntityManager()));
            }
        };
        AccessSnapshots snapshots = new AccessSnapshots(database, readers, () -> {
            watcher.shutdownNow();
            readers.shutdownNow();
        });
        watcher.scheduleWithFixedDelay(
                snapshots::refresh, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return snapshots;
    }

    private static ThreadFactory daemon(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Reads the rules of all realms, so that no login waits for them; those that cannot be read, the first login asks for. */
    public void warm() {
        try {
            Set<String> realms = versions().keySet();
            realms.forEach(this::whole);
            realms.forEach(this::first);
        } catch (RuntimeException notNow) {
            LOG.warn(
                    "Access rules could not be read at the start; the first login waits for them: {}",
                    notNow.toString());
        }
    }

    /** A realm whose rules are not read yet, on this node, makes its login wait; where they cannot be read nobody is let in. */
    public AccessRules of(String realmId) {
        return Optional.ofNullable(inForce.get(realmId))
                .orElseGet(() -> first(realmId))
                .rules();
    }

    private Snapshot first(String realmId) {
        CompletableFuture<Snapshot> reading = whole(realmId);
        try {
            return reading.join();
        } catch (CompletionException failed) {
            whole.remove(realmId, reading);
            throw failed;
        }
    }

    /** Begins to read all rules of the realm, unless that is begun. */
    CompletableFuture<Snapshot> whole(String realmId) {
        return whole.computeIfAbsent(
                realmId,
                realm -> CompletableFuture.supplyAsync(
                        () -> Metrics.timer(READ).record(() -> database.call(em -> Snapshot.whole(em, realm))),
                        readers));
    }

    /** Nobody else puts rules in force: what was read whole does not undo what changed meanwhile. */
    synchronized void refresh() {
        if (inForce.isEmpty() && whole.isEmpty()) {
            return;
        }
        try {
            Map<String, Long> versions = versions();
            Set<String> realms = new HashSet<>(inForce.keySet());
            realms.addAll(whole.keySet());
            realms.forEach(realmId -> refresh(realmId, versions.getOrDefault(realmId, 0L)));
        } catch (RuntimeException notNow) {
            LOG.warn("The access rules could not be read; those of the last time stay in force: {}", notNow.toString());
        }
    }

    private Map<String, Long> versions() {
        return database.call(em -> new StoredRules(em).versions());
    }

    private void refresh(String realmId, long last) {
        try {
            CompletableFuture<Snapshot> reading = whole.get(realmId);
            boolean read = reading != null && reading.isDone();
            Snapshot known = read ? first(realmId) : inForce.get(realmId);
            if (known == null) {
                return;
            }
            Snapshot now = known.version() == last ? known : changed(realmId, known, last);
            inForce.put(realmId, now);
            if (read) {
                whole.remove(realmId, reading);
            }
            if (now.version() != last) {
                whole(realmId);
            }
        } catch (RuntimeException notNow) {
            LOG.warn(
                    "The access rules of realm {} could not be read; those of the last time stay in force: {}",
                    realmId,
                    notNow.toString());
        }
    }

    private record Read(Snapshot snapshot, Optional<Duration> age) {}

    private Snapshot changed(String realmId, Snapshot known, long last) {
        long start = System.nanoTime();
        Read read = Metrics.timer(READ)
                .record(() -> database.call(em -> {
                    RuleChanges changes = new StoredRules(em).changes(realmId, known.version(), last);
                    Instant now = DatabaseClock.now(em);
                    return new Read(
                            known.with(changes, last, em, realmId),
                            changes.since()
                                    .filter(since -> changes.complete())
                                    .map(since -> Duration.between(since, now)));
                }));
        read.age().ifPresent(age -> Metrics.timer(LAG).record(age.plusNanos(System.nanoTime() - start)));
        return read.snapshot();
    }

    @Override
    public void close() {
        stop.run();
    }
}
