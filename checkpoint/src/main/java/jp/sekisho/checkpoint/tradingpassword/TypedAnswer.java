package jp.sekisho.checkpoint.tradingpassword;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.lockout.Reservation.Refusal;

/** What became of a trading password that was typed for an operation. */
public sealed interface TypedAnswer {

    record Right() implements TypedAnswer {}

    /** It was counted; nothing is stopped yet. */
    record Wrong() implements TypedAnswer {}

    /**
     * It was not looked at, or it was the wrong one with which the stop began.
     *
     * @param why THROTTLE ends by itself; LOCK stops this operation, CREDENTIAL_LOCK all that need a trading password, both until an
     *     officer lifts them; STRANGER_LOCK and CREDENTIAL_ENDED stop unknown devices
     * @param until when a throttle ends
     */
    record Stopped(Refusal why, Optional<Instant> until) implements TypedAnswer {}

    /** The customer has none: nothing was counted. */
    record NotSet() implements TypedAnswer {}
}
