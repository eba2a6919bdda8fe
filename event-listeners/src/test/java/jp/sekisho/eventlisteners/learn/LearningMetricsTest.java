package jp.sekisho.eventlisteners.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LearningMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LearningMetrics metrics = new LearningMetrics(registry);

    @Test
    void theLagGoesOnWhenNoRoundEnds() {
        metrics.lag(Duration.ofSeconds(90));
        double first = lag();
        assertThat(first).isBetween(90.0, 150.0);
        while (lag() == first) {
            Thread.onSpinWait();
        }
        assertThat(lag()).isGreaterThan(first);
        metrics.lag(Duration.ZERO);
        assertThat(lag()).isLessThan(60);
    }

    @Test
    void learnedLoginsAddUp() {
        metrics.learned(200);
        metrics.learned(0);
        metrics.learned(50);
        assertThat(registry.get("sekisho.learning.logins").counter().count()).isEqualTo(250);
    }

    private double lag() {
        return registry.get("sekisho.learning.lag").gauge().value();
    }
}
