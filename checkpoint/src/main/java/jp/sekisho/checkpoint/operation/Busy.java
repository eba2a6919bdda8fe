package jp.sekisho.checkpoint.operation;

import java.time.Duration;

/**
 * An app must wait.
 *
 * @param retryAfter how long
 */
public record Busy(Limit limit, Duration retryAfter) {

    public enum Limit {
        /** It comes too often. */
        REQUESTS,
        /** For too many customers. */
        CUSTOMERS,
        /** For this customer; others do not wait for him. */
        ONE_CUSTOMER
    }
}
