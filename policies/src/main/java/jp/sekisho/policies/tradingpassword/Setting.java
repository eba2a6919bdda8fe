package jp.sekisho.policies.tradingpassword;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;

/** Whether a customer may set his trading password now: who knows his passwords and reads his mail is not yet he. */
// FFAJ-1.4-S1, JP25-1
public enum Setting {
    ALLOWED,
    /** A passkey or certificate must be shown just now, or the firm must have identified him just now. */
    UNPROVEN,
    /** The session changes nothing, or nothing but a passkey. */
    HELD;

    /**
     * @param vouching what the session stands on
     * @param vouchedAt when a passkey or certificate was last shown in it
     * @param identifiedAt when the firm last made sure in it who he is
     * @param fresh how long either serves
     */
    public static Setting of(
            Vouching vouching,
            Optional<Instant> vouchedAt,
            Optional<Instant> identifiedAt,
            Duration fresh,
            Instant now) {
        if (vouching != Vouching.LOGIN) {
            return HELD;
        }
        return within(vouchedAt, fresh, now) || within(identifiedAt, fresh, now) ? ALLOWED : UNPROVEN;
    }

    private static boolean within(Optional<Instant> shown, Duration fresh, Instant now) {
        return shown.filter(at -> !at.isAfter(now) && at.plus(fresh).isAfter(now))
                .isPresent();
    }
}
