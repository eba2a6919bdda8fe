package jp.sekisho.checkpoint.lock;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.operation.Operation;

/** What an operator watches: throttles and locks that began. */
final class LockMetrics {

    private final MeterRegistry registry;

    LockMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param realm by its name */
    void began(String realm, Operation operation, Refusal lock) {
        registry.counter("sekisho.locks", "realm", realm, "operation", word(operation), "lock", word(lock))
                .increment();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
