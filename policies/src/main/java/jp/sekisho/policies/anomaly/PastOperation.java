package jp.sekisho.policies.anomaly;

import java.time.Instant;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Operation;

/**
 * An operation that was let through before, and not disowned.
 *
 * @param operation of which kind
 * @param at when
 * @param details what it was about; no rule reads its payee
 * @param confirmed whether the customer confirmed it with a factor of his own
 */
public record PastOperation(Operation operation, Instant at, Details details, boolean confirmed) {

    /** Nobody was asked about it: it says what is left, and makes nothing usual. */
    boolean wayOut() {
        return operation == Operation.TRADE && details.wayOut();
    }
}
