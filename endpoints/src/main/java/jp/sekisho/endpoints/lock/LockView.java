package jp.sekisho.endpoints.lock;

import java.time.Instant;
import java.util.List;
import jp.sekisho.policies.lockout.Counter;

/**
 * A customer's locks as an officer sees them.
 *
 * @param locked whether anything needs an unlock, or a login on a known device
 * @param counters all that remember failures
 */
public record LockView(boolean locked, List<Count> counters) {

    /**
     * @param subject a credential's type or an operation
     * @param scope a known device's id, {@code unknown} or {@code operation}
     * @param failures in the window
     * @param consecutive since the last verification
     * @param throttledUntil ISO-8601, null where not throttled
     * @param lockedAt ISO-8601, null where not locked
     */
    public record Count(
            String subject, String scope, int failures, int consecutive, String throttledUntil, String lockedAt) {

        private static Count of(Counter counter) {
            return new Count(
                    counter.key().subject(),
                    counter.key().scope(),
                    counter.failures(),
                    counter.consecutive(),
                    counter.blockedUntil().map(Instant::toString).orElse(null),
                    counter.lockedAt().map(Instant::toString).orElse(null));
        }
    }

    static LockView of(List<Counter> counters) {
        return new LockView(
                counters.stream().anyMatch(Counter::locked),
                counters.stream().map(Count::of).toList());
    }
}
