package jp.sekisho.eventlisteners.notice;

import java.util.List;
import java.util.Optional;

/** What became of one attempt to send a notice; the customer's pseudonym where it is known. */
sealed interface Outcome {

    /** @param summarised the ids of the held notices that were told with it */
    record Sent(Optional<String> customer, List<String> summarised) implements Outcome {}

    /**
     * The receiver is not there.
     *
     * @param ofThisOne it is, but takes nothing for this address: a full inbox must not keep others' notices
     */
    record Failed(Optional<String> customer, String error, boolean ofThisOne) implements Outcome {}

    /** Was not tried: its channel rests, or its time is nearly over. */
    record PutBack() implements Outcome {}

    record Refused(Optional<String> customer, String error) implements Outcome {}

    record NeedNot(String reason) implements Outcome {}

    /** There is no address to send it to. */
    record Untold(Optional<String> customer) implements Outcome {}

    /** Beyond what the customer gets in an hour. */
    record TooMany() implements Outcome {}
}
