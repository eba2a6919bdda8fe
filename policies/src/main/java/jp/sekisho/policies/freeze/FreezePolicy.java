package jp.sekisho.policies.freeze;

import java.time.Duration;

/**
 * How a freeze begins without a login, and what follows its end.
 *
 * @param stopCode how long a notice's stop code is good
 * @param stopWindow over which tries of stop codes are counted
 * @param stopTries so many wrong ones from one source raise an alarm
 * @param stopTriesInAll so many in the realm
 * @param rebind what the customer binds anew before his login is thawed
 * @param marks how long a device or source that the customer disowned is hostile to him
 */
public record FreezePolicy(
        Duration stopCode, Duration stopWindow, int stopTries, int stopTriesInAll, Credential rebind, Duration marks) {

    /** What somebody else may have bound or known. */
    public enum Credential {
        PASSWORD,
        PASSKEY
    }

    /** Sent notices, and with them the codes, are kept for so long. */
    private static final Duration LONGEST = Duration.ofDays(30);

    public FreezePolicy {
        if (stopCode.isNegative() || stopCode.isZero() || stopCode.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("freeze.stop-code must be over zero, up to 30 days");
        }
        if (stopWindow.isNegative() || stopWindow.isZero() || stopWindow.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("freeze.stop-window must be over zero, up to 24 hours");
        }
        if (stopTries < 3 || stopTries > 100) {
            throw new IllegalArgumentException("freeze.stop-tries must be from 3 to 100");
        }
        if (stopTriesInAll < 100 || stopTriesInAll > 1_000_000) {
            throw new IllegalArgumentException("freeze.stop-tries-in-all must be from 100 to 1000000");
        }
        if (marks == null || marks.compareTo(Duration.ofDays(30)) < 0 || marks.compareTo(Duration.ofDays(3650)) > 0) {
            throw new IllegalArgumentException("freeze.marks must be from 30 to 3650 days");
        }
        if (rebind == null) {
            throw new IllegalArgumentException("freeze.rebind is missing");
        }
    }
}
