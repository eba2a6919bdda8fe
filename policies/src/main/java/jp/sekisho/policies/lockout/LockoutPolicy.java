package jp.sekisho.policies.lockout;

import java.time.Duration;

/**
 * When failures slow down, and when they stop.
 *
 * @param throttleAfter failures in the window after which each further attempt has to wait
 * @param firstThrottle the first wait; doubles with each further failure
 * @param longestThrottle where doubling ends
 * @param lockAfter failures in the window after which attempts are refused
 * @param window how long a failure counts for the two limits above
 * @param endAfter consecutive failures, of any age, after which the credential ends for unknown devices
 * @throws IllegalArgumentException naming the value that makes no sense
 */
// FFAJ-1.2-S3; NIST SP 800-63B-4 §3.2.2: at most 100 consecutive failures
public record LockoutPolicy(
        int throttleAfter,
        Duration firstThrottle,
        Duration longestThrottle,
        int lockAfter,
        Duration window,
        int endAfter) {

    public LockoutPolicy {
        require(throttleAfter >= 1, "throttle-after must be at least 1");
        require(!firstThrottle.isNegative() && !firstThrottle.isZero(), "first-throttle must be longer than zero");
        require(
                longestThrottle.compareTo(firstThrottle) >= 0,
                "longest-throttle must not be shorter than first-throttle");
        // JP25-7: the lock is compulsory, so no number switches it off.
        require(lockAfter >= throttleAfter && lockAfter <= 20, "lock-after must be from throttle-after to 20");
        require(
                window.compareTo(longestThrottle) >= 0 && window.compareTo(Duration.ofDays(30)) <= 0,
                "window must be from longest-throttle to 30 days");
        require(endAfter >= lockAfter && endAfter <= 100, "end-after must be from lock-after to 100");
    }

    /** The wait after so many failures; zero below the threshold. */
    Duration throttle(int failures) {
        if (failures < throttleAfter) {
            return Duration.ZERO;
        }
        int doublings = Math.min(failures - throttleAfter, 30);
        Duration wait = firstThrottle.multipliedBy(1L << doublings);
        return wait.compareTo(longestThrottle) < 0 ? wait : longestThrottle;
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
