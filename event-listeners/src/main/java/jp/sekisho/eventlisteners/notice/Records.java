package jp.sekisho.eventlisteners.notice;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.DoubleSupplier;
import jp.sekisho.checkpoint.notice.NoticePayload;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.outbox.Outbox.Taken;
import jp.sekisho.storage.outbox.OutboxMessage;

/** Writes down what became of messages, many in one transaction. */
final class Records {

    /** So long a receiver may be away and nothing is lost. */
    static final Duration LONGEST_WAIT = Duration.ofDays(3);

    /** Whatever was held back within the hour is committed by then. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final Outbox outbox;
    private final NoticeFacts facts;
    private final Instant now;
    private final DoubleSupplier random;
    private final BinaryOperator<String> stopHash;

    /**
     * @param now by the database's clock
     * @param stopHash of a realm's message with an id
     */
    Records(EntityManager em, Instant now, DoubleSupplier random, BinaryOperator<String> stopHash) {
        this.outbox = new Outbox(em);
        this.facts = new NoticeFacts(new EvidenceLog(em), now);
        this.now = now;
        this.random = random;
        this.stopHash = stopHash;
    }

    void write(List<Done> done) {
        outbox.sent(
                done.stream()
                        .filter(one -> one.outcome() instanceof Outcome.Sent)
                        .map(one -> one.taken().id())
                        .toList(),
                now);
        done.forEach(this::write);
    }

    private void write(Done done) {
        Taken taken = done.taken();
        Outcome outcome = done.outcome();
        if (outcome instanceof Outcome.Sent sent) {
            outbox.summarised(sent.summarised(), taken.id());
            facts.write(taken, sent.customer(), "SENT");
        } else if (outcome instanceof Outcome.Failed failed) {
            failed(taken, failed);
        } else if (outcome instanceof Outcome.PutBack) {
            outbox.retry(taken, now, null);
        } else if (outcome instanceof Outcome.Refused refused) {
            dead(taken, refused.customer(), refused.error());
        } else if (outcome instanceof Outcome.NeedNot needNot) {
            outbox.skip(taken, needNot.reason());
        } else if (outcome instanceof Outcome.Untold untold) {
            outbox.skip(taken, "no address");
            facts.write(taken, untold.customer(), "UNTOLD");
        } else if (outcome instanceof Outcome.TooMany) {
            outbox.hold(taken);
            outbox.put(summary(taken.message()));
        }
    }

    private void failed(Taken taken, Outcome.Failed failed) {
        if (taken.message().createdAt().plus(LONGEST_WAIT).isBefore(now)) {
            dead(taken, failed.customer(), failed.error());
        } else {
            Instant again = now.plus(Backoff.OF_MESSAGES.after(taken.attempt(), random.getAsDouble()));
            outbox.retry(taken, again, failed.error());
        }
    }

    private void dead(Taken taken, Optional<String> customer, String error) {
        outbox.dead(taken, error);
        facts.write(taken, customer, "DEAD");
    }

    /** One for each customer and hour, sent when the hour is over. */
    private OutboxMessage summary(OutboxMessage held) {
        Instant hourEnd = now.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
        Instant due = hourEnd.plus(SETTLED);
        String id = UUID.randomUUID().toString();
        String customer = held.userId().orElseThrow();
        return new OutboxMessage(
                id,
                Optional.of(stopHash.apply(held.realmId(), id)),
                held.realmId(),
                held.channel(),
                Notice.HELD_BACK.code(),
                held.userId(),
                Notice.HELD_BACK.code() + ':' + hourEnd.getEpochSecond() + ':' + digestOf(customer),
                held.locale(),
                new NoticePayload(NoticePayload.fromJson(held.payload()).recipient(), NoticeValues.at(hourEnd))
                        .toJson(),
                due,
                due);
    }

    private static String digestOf(String userId) {
        return UUID.nameUUIDFromBytes(userId.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
