package jp.sekisho.policies.decision;

import java.time.Instant;

/** How a bank account stands that an operation names. */
public sealed interface Destination {

    /** Nothing speaks against it, or none is named. */
    record Usable() implements Destination {}

    /** New, or changed lately. */
    record Waiting(Instant until) implements Destination {}

    /** It may be somebody else's: an officer is to look. */
    record Doubtful() implements Destination {}
}
