package jp.sekisho.checkpoint.decision;

/** How it ended. Stored by name: never rename, never reuse. */
public enum Result {
    /** A factor is still to be shown; a later row says how that ended. */
    PENDING,
    ADMITTED,
    /** A secret was wrong. */
    FAILED,
    /** By the decision. */
    REFUSED,
    /** By a throttle or lock, or because the source is hostile: nothing was evaluated. */
    LOCKED
}
