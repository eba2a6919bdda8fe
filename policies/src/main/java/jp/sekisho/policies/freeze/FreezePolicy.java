package jp.sekisho.policies.freeze;

import java.time.Duration;
import jp.sekisho.policies.lockout.TryLimit;

/**
 * How a freeze begins without a login, and what follows its end.
 *
 * @param stopCode how long a notice's stop code is good
 * @param stopWindow over which tries of stop codes, and of codes of letters, are counted
 * @param stopTries so many wrong ones from one source raise an alarm, and from there on the source waits after each
 * @param stopWait the longest of these waits: short, since who has a right code may sit behind the same address
 * @param stopTriesInAll so many in the realm raise an alarm
 * @param rebind what the customer binds anew before his login is thawed
 * @param marks how long a device or source that the customer disowned is hostile to him
 */
public record FreezePolicy(
        Duration stopCode,
        Duration stopWindow,
        int stopTries,
        Duration stopWait,
        int stopTriesInAll,
        Credential rebind,
        Duration marks) {

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
        if (stopWait.compareTo(Duration.ofSeconds(1)) < 0 || stopWait.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("freeze.stop-wait must be from 1 second to 1 minute");
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
    /** Of one source. */
    public TryLimit tries() {
        return new TryLimit(stopTries, stopWindow, stopWait);
    }

    /** Of all together, and of who has no address: nobody waits for what a stranger did. */
    public TryLimit countOnly() {
        return new TryLimit(stopTriesInAll, stopWindow, Duration.ZERO);
    }
}
