package jp.sekisho.checkpoint.operation;

import java.time.Instant;
import jp.sekisho.policies.operation.State;
import jp.sekisho.storage.operation.StoredOperation;

/**
 * An operation as it stands at a moment.
 *
 * @param now the database's clock
 */
public record Known(StoredOperation operation, Instant now) {

    public State state() {
        return operation.state(now);
    }
}
