package jp.sekisho.checkpoint.operation;

import java.time.Duration;

/** What an app hears that asks about an operation. */
public sealed interface Proposed {

    /** Also where it asked before, with the same content. */
    record Decided(Known known) implements Proposed {}

    /** It asked before by the same id, about something else. */
    record Conflict() implements Proposed {}

    /** The customer is asked to confirm too much. */
    record TooMany(Duration retryAfter) implements Proposed {}
}
