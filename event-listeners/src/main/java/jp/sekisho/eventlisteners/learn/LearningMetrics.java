package jp.sekisho.eventlisteners.learn;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What an operator watches: how far learning is behind in the realm where it is most, and how much was learned here. */
final class LearningMetrics {

    private final AtomicLong lagMillis = new AtomicLong();
    private final AtomicLong roundedAt = new AtomicLong(System.nanoTime());
    private final Counter learned;

    LearningMetrics(MeterRegistry registry) {
        learned = Counter.builder("sekisho.learning.logins")
                .description("Logins that this node learned from")
                .register(registry);
        Gauge.builder("sekisho.learning.lag", this, LearningMetrics::lagSeconds)
                .description("How long the oldest login that is due waits to be learned")
                .baseUnit("seconds")
                .register(registry);
    }

    /** As it was at the end of a round. */
    void lag(Duration lag) {
        lagMillis.set(lag.toMillis());
        roundedAt.set(System.nanoTime());
    }

    void learned(int logins) {
        learned.increment(logins);
    }

    /** With the time since the last round: one that never ends is a lag, too. */
    double lagSeconds() {
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - roundedAt.get());
        return (lagMillis.get() + since) / 1000.0;
    }
}
