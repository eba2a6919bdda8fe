package jp.sekisho.checkpoint.signal;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.policies.signal.SignalBatch;
import jp.sekisho.policies.signal.SignalPolicy;
import jp.sekisho.storage.schema.DatabaseClock;
import jp.sekisho.storage.signal.SignalPart;
import jp.sekisho.storage.signal.SignalParts;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what this node heard in memory, and writes what changed for all sessions at once a few times a second: a request pays
 * no statement, and a decision on another node reads it. What a node that is killed had not written is lost, as are batches
 * that a page could not send.
 */
public final class SignalStore implements SignalsFactory {

    static final Duration PAUSE = Duration.ofMillis(250);

    private static final Logger LOG = LoggerFactory.getLogger(SignalStore.class);

    private static final Duration FORGET_EVERY = Duration.ofSeconds(30);

    /** Sessions of one write. */
    private static final int BATCH = 2000;

    private static final String DROPPED = "sekisho.signals.dropped";

    private final HeardSignals heard = new HeardSignals(HeardSignals.MOST_SESSIONS, System::nanoTime);
    private final Counter taken = Metrics.counter("sekisho.signals.taken");
    private final Counter droppedHere = Metrics.counter(DROPPED, "by", "server");
    private final Counter droppedByPages = Metrics.counter(DROPPED, "by", "page");
    private ScheduledExecutorService writer;
    private KeycloakSessionFactory sessions;

    @Override
    public Signals create(KeycloakSession session) {
        return new Signals() {
            @Override
            public int add(String realmId, String sessionId, SignalBatch batch, SignalPolicy policy) {
                return taking(realmId, sessionId, batch, policy);
            }

            @Override
            public Optional<SignalPart> here(String sessionId) {
                return heard.of(sessionId);
            }

            @Override
            public SessionSignals of(String sessionId) {
                Optional<SignalPart> own = here(sessionId);
                return Stream.concat(
                                own.stream(),
                                new SignalParts(entityManager(session))
                                        .of(sessionId).stream()
                                                // This node's own may be ahead of what it wrote.
                                                .filter(part ->
                                                        !own.map(SignalPart::id).equals(Optional.of(part.id()))))
                        .map(SignalPart::heard)
                        .reduce(SessionSignals.NONE, SessionSignals::and);
            }
        };
    }

    private int taking(String realmId, String sessionId, SignalBatch batch, SignalPolicy policy) {
        int out = heard.add(realmId, sessionId, batch, policy);
        taken.increment((double) batch.events().size() - out);
        droppedHere.increment(out);
        droppedByPages.increment(batch.dropped());
        return out;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        sessions = factory;
        Gauge.builder("sekisho.signals.sessions", heard, HeardSignals::size).register(Metrics.globalRegistry);
        writer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "sekisho-signals");
            thread.setDaemon(true);
            return thread;
        });
        writer.scheduleWithFixedDelay(this::write, PAUSE.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        writer.scheduleWithFixedDelay(
                heard::forgetIdle, FORGET_EVERY.toMillis(), FORGET_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void write() {
        try {
            heard.write(BATCH, this::store);
        } catch (RuntimeException notNow) {
            // An exception would be the last write.
            LOG.warn("Signals of sessions were not written, and will be: {}", notNow.toString());
        }
    }

    private void store(List<SignalPart> parts) {
        KeycloakModelUtils.runJobInTransaction(sessions, session -> {
            EntityManager em = entityManager(session);
            new SignalParts(em).write(parts, DatabaseClock.now(em));
        });
    }

    private static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    @Override
    public void close() {
        if (writer != null) {
            writer.shutdown();
            write();
        }
    }

    @Override
    public String getId() {
        return "default";
    }
}
