package jp.sekisho.eventlisteners.clock;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares this node's clock with the database's, which all nodes share. Locks and holds go by the database's clock
 * alone; a node that is off tells wrong times to customers and in records, so somebody has to look (decision 14).
 */
public final class ClockWatch implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);
    private static final Duration TOLERATED = Duration.ofSeconds(5);

    private final Supplier<Instant> database;
    private final Clock node;
    private final AtomicLong skewMillis = new AtomicLong();
    private boolean alarmed;

    ClockWatch(Supplier<Instant> database, Clock node) {
        this.database = database;
        this.node = node;
        Gauge.builder("sekisho.clock.skew", skewMillis, millis -> millis.get() / 1000.0)
                .description("How far this node's clock is ahead of the database's")
                .baseUnit("seconds")
                .register(Metrics.globalRegistry);
    }

    public static ClockWatch of(KeycloakSessionFactory factory) {
        return new ClockWatch(
                () -> KeycloakModelUtils.runJobInTransactionWithResult(
                        factory,
                        session -> DatabaseClock.now(
                                session.getProvider(JpaConnectionProvider.class).getEntityManager())),
                Clock.systemUTC());
    }

    @Override
    public void run() {
        Instant before = node.instant();
        Instant shared = database.get();
        Instant after = node.instant();
        // The database was asked somewhere between the two: what the question took is no skew.
        Duration ahead = Duration.between(shared, before);
        Duration behind = Duration.between(after, shared);
        Duration skew = ahead.isNegative() ? behind.isNegative() ? Duration.ZERO : behind.negated() : ahead;
        skewMillis.set(skew.toMillis());
        boolean off = skew.abs().compareTo(TOLERATED) > 0;
        if (off && !alarmed) {
            LOG.error("this node's clock is {} off the database's: set both by the same time service", skew);
        } else if (!off && alarmed) {
            LOG.info("this node's clock and the database's agree again");
        }
        alarmed = off;
    }

    /** Above zero where the node is ahead. */
    Duration skew() {
        return Duration.ofMillis(skewMillis.get());
    }

    boolean alarmed() {
        return alarmed;
    }
}
