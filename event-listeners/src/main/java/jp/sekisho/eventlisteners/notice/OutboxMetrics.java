package jp.sekisho.eventlisteners.notice;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.outbox.OutboxEntity.State;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What an operator watches: how old the oldest waiting message is, how many wait, how many are dead, how many went. */
final class OutboxMetrics {

    private static final Duration EVERY = Duration.ofSeconds(10);

    /** Notices are due within 30 s. */
    private static final Duration[] DELAYS = {
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        Duration.ofMinutes(5),
        Duration.ofHours(1)
    };

    private final MeterRegistry registry;
    private final String channel;
    private final AtomicLong ageMillis = new AtomicLong();
    private final AtomicLong pending = new AtomicLong();
    private final AtomicLong dead = new AtomicLong();
    private final Timer delay;
    private long refreshedAt = System.nanoTime() - EVERY.toNanos();

    OutboxMetrics(String channel) {
        this(channel, Metrics.globalRegistry);
    }

    OutboxMetrics(String channel, MeterRegistry registry) {
        this.channel = channel;
        this.registry = registry;
        this.delay = Timer.builder("sekisho.outbox.delay")
                .description("From the fact of a notice until it is written down as sent")
                .tag("channel", channel)
                .serviceLevelObjectives(DELAYS)
                .register(registry);
        Gauge.builder("sekisho.outbox.age", ageMillis, millis -> millis.get() / 1000.0)
                .description("Age of the oldest notice that waits")
                .baseUnit("seconds")
                .tag("channel", channel)
                .register(registry);
        gauge("sekisho.outbox.pending", "Notices that wait", pending);
        gauge("sekisho.outbox.dead", "Notices that could not be delivered", dead);
    }

    private void gauge(String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get)
                .description(description)
                .tag("channel", channel)
                .register(registry);
    }

    /** @param at when it was written down, by the database's clock */
    void count(Done done, Instant at) {
        registry.counter("sekisho.outbox.attempts", "channel", channel, "result", result(done.outcome()))
                .increment();
        if (done.outcome() instanceof Outcome.Sent) {
            Duration took = Duration.between(done.taken().message().createdAt(), at);
            delay.record(took.isNegative() ? Duration.ZERO : took);
        }
    }

    private static String result(Outcome outcome) {
        return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** Looks once in ten seconds. */
    void refresh(KeycloakSessionFactory factory) {
        long nanos = System.nanoTime();
        if (nanos - refreshedAt < EVERY.toNanos()) {
            return;
        }
        refreshedAt = nanos;
        KeycloakModelUtils.runJobInTransaction(factory, session -> {
            EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
            Outbox outbox = new Outbox(em);
            Instant now = DatabaseClock.now(em);
            ageMillis.set(outbox.oldestPending(channel, now)
                    .map(oldest -> Duration.between(oldest, now).toMillis())
                    .orElse(0L));
            pending.set(outbox.count(channel, State.PENDING));
            dead.set(outbox.count(channel, State.DEAD));
        });
    }
}
