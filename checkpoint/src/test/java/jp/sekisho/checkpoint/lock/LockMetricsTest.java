package jp.sekisho.checkpoint.lock;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.operation.Operation;
import org.junit.jupiter.api.Test;

class LockMetricsTest {

    @Test
    void eachKindOfEachOperationIsCountedByItself() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LockMetrics metrics = new LockMetrics(registry);

        metrics.began("broker", Operation.LOGIN, Refusal.STRANGER_LOCK);
        metrics.began("broker", Operation.LOGIN, Refusal.STRANGER_LOCK);
        metrics.began("broker", Operation.WITHDRAWAL, Refusal.STRANGER_LOCK);
        metrics.began("broker", Operation.LOGIN, Refusal.THROTTLE);

        assertThat(registry.get("sekisho.locks")
                        .tags("realm", "broker", "operation", "login", "lock", "stranger-lock")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("sekisho.locks").counters()).hasSize(3);
    }
}
