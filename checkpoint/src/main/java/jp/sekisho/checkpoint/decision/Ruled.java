package jp.sekisho.checkpoint.decision;

import java.time.Instant;
import jp.sekisho.policies.decision.Ruling;

/**
 * What was decided of an operation that an app asks about.
 *
 * @param assessment what is recorded
 * @param ruling what is done: in monitor mode it goes on whatever was decided, but for a freeze or a lock
 * @param decided what would be done in no mode but that
 * @param unusual whether the operation itself is, and not only the session
 */
public record Ruled(Assessment assessment, OperationSight sight, Ruling ruling, Ruling decided, boolean unusual) {

    /** The database's clock. */
    public Instant now() {
        return assessment.evidence().at();
    }
}
