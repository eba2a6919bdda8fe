package jp.sekisho.storage.payee;

import java.time.Instant;

/**
 * A bank account of a customer.
 *
 * @param numberHash keyed hash of the account's number: by it the same account is found again, whoever has it
 * @param content sealed
 * @param operationId the operation that brought it
 * @param usableFrom from when on money may go there
 */
public record StoredPayee(
        String id,
        String customer,
        String userId,
        String numberHash,
        String content,
        State state,
        String operationId,
        Instant addedAt,
        Instant usableFrom) {

    /** Whether the customer has it still. */
    public boolean kept() {
        return state != State.REMOVED;
    }

    /** Stored by name: never rename, never reuse. */
    public enum State {
        /** In its wait. */
        PENDING,
        KNOWN,
        REMOVED
    }
}
