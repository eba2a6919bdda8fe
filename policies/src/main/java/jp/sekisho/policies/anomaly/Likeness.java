package jp.sekisho.policies.anomaly;

/** How an operation is beside what is known of its customer. */
public enum Likeness {
    /** As he always does; where nothing is usual yet, no more than what he confirmed himself within the last day. */
    USUAL,
    /** Nothing is known that it could be held against. */
    UNKNOWN,
    UNUSUAL
}
