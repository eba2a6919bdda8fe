package jp.sekisho.policies.lockout;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.operation.Operation;

/**
 * How often something failed: one row, changed only by replacing it with its successor.
 *
 * @param key what is counted
 * @param failures failures in the window; a reserved attempt counts as one until it is verified
 * @param windowStart when the window's first failure was
 * @param consecutive failures of any age since the last verification
 * @param blockedUntil the end of the throttle
 * @param lockedAt since when attempts are refused
 * @param version 0 for a counter that is not stored yet
 */
public record Counter(
        Key key,
        int failures,
        Instant windowStart,
        int consecutive,
        Optional<Instant> blockedUntil,
        Optional<Instant> lockedAt,
        long version) {

    /**
     * @param subject a credential's type ({@code password}, {@code otp}) or an operation's name
     * @param scope a known device's id, {@link #UNKNOWN_DEVICES}, or {@link #OPERATION}
     */
    public record Key(String subject, String scope) {

        /** All devices that the customer was never verified on, together. */
        public static final String UNKNOWN_DEVICES = "unknown";

        /** The operation itself, on whatever device. */
        public static final String OPERATION = "operation";

        /** That a secret was shown right by somebody who was refused: kept beside the counters, never a lock. */
        static final String EXPOSED = "exposed";

        static Key ofExposed(String credential) {
            return new Key(credential, EXPOSED);
        }

        static Key of(Operation operation) {
            return new Key(operation.name(), OPERATION);
        }

        boolean ofUnknownDevices() {
            return scope.equals(UNKNOWN_DEVICES);
        }

        boolean ofKnownDevice(String credential) {
            return subject.equals(credential) && !ofUnknownDevices() && !ofOperation() && !scope.equals(EXPOSED);
        }

        boolean ofOperation() {
            return scope.equals(OPERATION);
        }
    }

    static Counter empty(Key key, Instant now) {
        return new Counter(key, 0, now, 0, Optional.empty(), Optional.empty(), 0);
    }

    Counter failed(Instant now, LockoutPolicy policy) {
        boolean expired = !now.isBefore(windowStart.plus(policy.window()));
        int count = expired ? 1 : failures + 1;
        var wait = policy.throttle(count);
        return new Counter(
                key,
                count,
                expired ? now : windowStart,
                consecutive + 1,
                wait.isZero() ? Optional.empty() : Optional.of(now.plus(wait)),
                count >= policy.lockAfter() ? Optional.of(lockedAt.orElse(now)) : lockedAt,
                version);
    }

    Counter verified(Instant now) {
        return new Counter(key, 0, now, 0, Optional.empty(), Optional.empty(), version);
    }

    /** The lock and its window are over; what was guessed so far is not forgotten. */
    Counter lifted(Instant now) {
        return new Counter(key, 0, now, consecutive, Optional.empty(), Optional.empty(), version);
    }

    /** The last reservation turned out right. */
    Counter withdrawn() {
        return new Counter(
                key, failures - 1, windowStart, consecutive - 1, Optional.empty(), Optional.empty(), version);
    }

    /** One reserved attempt was none: what began with it ends, and what others began does not. */
    Counter givenBack(LockoutPolicy policy) {
        int left = failures - 1;
        return new Counter(
                key,
                left,
                windowStart,
                consecutive - 1,
                policy.throttle(left).isZero() ? Optional.empty() : blockedUntil,
                left < policy.lockAfter() ? Optional.empty() : lockedAt,
                version);
    }

    /** This counter as it stands in the table once it was stored over its predecessor. */
    public Counter stored() {
        return new Counter(key, failures, windowStart, consecutive, blockedUntil, lockedAt, version + 1);
    }

    Counter marked(Instant now) {
        return new Counter(key, failures, windowStart, consecutive, Optional.empty(), Optional.of(now), version);
    }

    /** Whether something is refused until it is lifted; a mark that a secret is exposed refuses nothing. */
    public boolean locked() {
        return lockedAt.isPresent() && !key.scope().equals(Key.EXPOSED);
    }

    boolean throttled(Instant now) {
        return blockedUntil.filter(now::isBefore).isPresent();
    }
}
