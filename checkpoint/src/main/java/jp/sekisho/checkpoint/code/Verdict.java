package jp.sekisho.checkpoint.code;

import java.util.Optional;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;

/**
 * What the guard says of a mail that is asked for, or of a code that was typed.
 *
 * @param passed the mail may go; the code is right, and used up
 * @param refused why nothing was evaluated
 * @param began the lock that began with it, to be told
 */
public record Verdict(boolean passed, Optional<Refused> refused, Optional<Refusal> began) {

    static Verdict pass() {
        return new Verdict(true, Optional.empty(), Optional.empty());
    }

    static Verdict refuse(Refused why) {
        return new Verdict(false, Optional.of(why), Optional.empty());
    }

    /** A throttle is no lock: the next try says so itself. */
    static Verdict fail(Optional<Refusal> began) {
        return new Verdict(false, Optional.empty(), began.filter(lock -> lock != Refusal.THROTTLE));
    }
}
