package jp.sekisho.eventlisteners.notice;

import java.util.List;

/** What became of one attempt to send a notice. */
sealed interface Outcome {

    /** @param summarised the ids of the held notices that were told with it */
    record Sent(List<String> summarised) implements Outcome {}

    /** The receiver is not there. */
    record Failed(String error) implements Outcome {}

    /** Was not tried: its channel rests, or its time is nearly over. */
    record PutBack() implements Outcome {}

    record Refused(String error) implements Outcome {}

    record NeedNot(String reason) implements Outcome {}

    /** Beyond what the customer gets in an hour. */
    record TooMany() implements Outcome {}
}
