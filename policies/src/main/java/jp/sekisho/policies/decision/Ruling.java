package jp.sekisho.policies.decision;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.policies.anomaly.Likeness;
import jp.sekisho.policies.limit.Limits.Say;
import jp.sekisho.policies.operation.Operation;

/**
 * What is decided of an operation of an app.
 *
 * @param requirement what the customer must show to confirm it; of one that is held, what he is likely to be asked then
 * @param holdUntil from when on it is decided again; empty where nobody knows
 * @param cause why it is held or denied
 */
public record Ruling(Outcome outcome, Requirement requirement, Optional<Instant> holdUntil, Optional<Cause> cause) {

    /** Nothing is asked. */
    public static final Ruling ALLOW =
            new Ruling(Outcome.ALLOW, Requirement.NOTHING, Optional.empty(), Optional.empty());

    // FFAJ-1.3-B4, FFAJ-1.4-S2, JP25-2
    public static Ruling of(Circumstances known) {
        if (known.frozen()) {
            return deny(Cause.FROZEN);
        }
        // A customer must always be able to get out: only a freeze keeps him in.
        if (known.wayOut()) {
            return ALLOW;
        }
        if (known.locked()) {
            return deny(Cause.LOCKED);
        }
        if (known.denied()) {
            return deny(Cause.ACCESS_RULE);
        }
        if (known.own() == Say.REFUSED) {
            return deny(Cause.OWN_LIMIT);
        }
        if (known.requirement() == Requirement.REFUSED) {
            return deny(Cause.REFUSED);
        }
        Optional<Ruling> held = held(known);
        if (held.isPresent()) {
            return held.get();
        }
        return known.requirement() == Requirement.NOTHING || inWindow(known)
                ? ALLOW
                : new Ruling(Outcome.STEP_UP, known.requirement(), Optional.empty(), Optional.empty());
    }

    private static Optional<Ruling> held(Circumstances known) {
        if (known.heldUntil().isPresent() && known.operation() == Operation.TRADE) {
            // Nobody wants an order at yesterday's price.
            return Optional.of(
                    new Ruling(Outcome.DENY, Requirement.REFUSED, known.heldUntil(), Optional.of(Cause.HELD)));
        }
        if (known.destination() instanceof Destination.Doubtful) {
            return Optional.of(hold(known, Optional.empty(), Cause.PAYEE_REVIEW));
        }
        Optional<Instant> wait = known.destination() instanceof Destination.Waiting waiting
                ? Optional.of(waiting.until())
                : Optional.empty();
        Cause cause = wait.isPresent() ? Cause.PAYEE_WAIT : Cause.HELD;
        return Stream.of(wait, known.heldUntil())
                .flatMap(Optional::stream)
                .max(Instant::compareTo)
                .map(until -> hold(known, Optional.of(until), cause));
    }

    /** What he confirmed is that he trades as he does; not what is unlike him, or like nothing that is known of him. */
    private static boolean inWindow(Circumstances known) {
        return known.windowOpen() && known.likeness() == Likeness.USUAL && !known.requiresItsOwn();
    }

    private static Ruling deny(Cause cause) {
        return new Ruling(Outcome.DENY, Requirement.REFUSED, Optional.empty(), Optional.of(cause));
    }

    private static Ruling hold(Circumstances known, Optional<Instant> until, Cause cause) {
        return new Ruling(Outcome.HOLD, known.requirement(), until, Optional.of(cause));
    }
}
