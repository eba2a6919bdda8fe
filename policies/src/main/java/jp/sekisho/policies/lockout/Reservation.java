package jp.sekisho.policies.lockout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a secret may be evaluated. A granted attempt is counted as failed before it is evaluated. */
public sealed interface Reservation {

    /**
     * @param counters the successors to be stored before the secret is evaluated, each only over its predecessor
     * @param locksIfWrong what begins with this attempt unless it is verified
     */
    record Granted(List<Counter> counters, Optional<Refusal> locksIfWrong) implements Reservation {}

    /**
     * @param why the kind of refusal
     * @param until when a throttle ends; empty for what ends not by itself
     */
    record Refused(Refusal why, Optional<Instant> until) implements Reservation {}

    enum Refusal {
        /** Ends by itself; attempts meanwhile are neither evaluated nor counted. */
        THROTTLE,
        /** Passwords and codes from unknown devices; lifted by a login on a known device or by passkey. */
        STRANGER_LOCK,
        /** The operation; needs an unlock. */
        LOCK,
        /** The credential of operations, on every device: all that need it; needs an unlock. */
        CREDENTIAL_LOCK,
        /** The credential, for unknown devices, until it is bound again. */
        CREDENTIAL_ENDED
    }
}
