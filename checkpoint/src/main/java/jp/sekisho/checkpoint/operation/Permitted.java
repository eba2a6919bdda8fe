package jp.sekisho.checkpoint.operation;

import java.time.Instant;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.operation.State.Move;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperation.Decided;

/**
 * What the permit of a row vouches for: all that says what may become of it, and that its content does not say. Whether it is
 * known until when it is held is of it, since else a person is to look; until when is not: earlier, it is only decided again.
 */
// JP25-11
record Permitted(String id, String digest, String sessionId, Decided decided, State state, Instant expiresAt) {

    static Permitted of(StoredOperation operation) {
        return new Permitted(
                operation.id(),
                operation.what().digest(),
                operation.whose().sessionId(),
                operation.decided(),
                operation.state(),
                operation.times().expiresAt());
    }

    /** The same operation as it will stand. */
    Permitted as(Decided anew, State after, Instant until) {
        return new Permitted(id, digest, sessionId, anew, after, until);
    }

    /** Whether anything is done with it yet. */
    boolean goesOn() {
        return state.after(Move.VOID).isPresent();
    }

    String text() {
        return String.join(
                " ",
                id,
                digest,
                state.name(),
                Long.toString(expiresAt.toEpochMilli()),
                sessionId,
                decided.requirement().name(),
                decided.level().name(),
                decided.cause().map(Cause::name).orElse("-"),
                decided.holdUntil().isPresent() ? "until" : "-");
    }

    /** That the customer, by confirming it, opened a window. The app's own name may be any text. */
    static String window(String id, Instant until, String sessionId, String clientId) {
        return String.join(" ", "window", id, Long.toString(until.toEpochMilli()), sessionId, clientId);
    }
}
