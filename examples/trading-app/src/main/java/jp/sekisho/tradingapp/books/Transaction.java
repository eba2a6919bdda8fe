package jp.sekisho.tradingapp.books;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Optional;
import jp.sekisho.client.Answer;
import jp.sekisho.client.Details;
import jp.sekisho.client.Proposal;

/**
 * What a customer ordered, and how it stands in this app's own books.
 *
 * @param proposal as the app will execute it, and nothing else
 * @param answer what was decided last; empty where nobody answered
 */
public record Transaction(Proposal proposal, Optional<Answer> answer, Fate fate) {

    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");

    /** How it stands here. */
    public enum Fate {
        /** Nobody answered yet. */
        OPEN,
        TO_CONFIRM,
        HELD,
        DENIED,
        DONE,
        CANCELLED,
        /** What was to be closed or paid was not there any more. */
        REJECTED,
        /** Its time has passed, or it was taken back. */
        OVER;

        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether nothing can come of it any more. */
        public boolean ended() {
            return this != OPEN && this != TO_CONFIRM && this != HELD;
        }
    }

    public static Transaction ordered(Proposal proposal) {
        return new Transaction(proposal, Optional.empty(), Fate.OPEN);
    }

    public Transaction with(Answer last, Fate now) {
        return new Transaction(proposal, Optional.of(last), now);
    }

    public Transaction with(Fate now) {
        return new Transaction(proposal, answer, now);
    }

    public String id() {
        return proposal.id();
    }

    public String customer() {
        return proposal.customer().subject();
    }

    public Details details() {
        return proposal.details();
    }

    public ZonedDateTime at() {
        return proposal.occurredAt().atZone(JAPAN);
    }

    /** Until when it is held, where that is known. */
    public Optional<ZonedDateTime> heldUntil() {
        return answer.filter(Answer.Held.class::isInstance)
                .map(Answer.Held.class::cast)
                .flatMap(Answer.Held::until)
                .map(until -> until.atZone(JAPAN));
    }

    /** Whether its time has come; what a person looks at has none before that. */
    public boolean due(Instant now) {
        return heldUntil().filter(until -> !now.isBefore(until.toInstant())).isPresent();
    }

    /** Whether another try may get it through. */
    public boolean mayGoOn(Instant now) {
        return fate == Fate.OPEN
                || fate == Fate.TO_CONFIRM
                || fate == Fate.HELD && (heldUntil().isEmpty() || due(now));
    }

    /** Whom the customer calls, where it is held or denied. */
    public Optional<Answer.Contact> contact() {
        return answer.map(last -> {
            if (last instanceof Answer.Held held) {
                return held.contact();
            }
            return last instanceof Answer.Denied denied ? denied.contact() : null;
        });
    }
}
