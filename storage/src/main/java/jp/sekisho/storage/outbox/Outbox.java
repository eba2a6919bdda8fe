package jp.sekisho.storage.outbox;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.storage.cursor.Cursors;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.outbox.OutboxEntity.State;
import jp.sekisho.storage.retention.Expiry;
import jp.sekisho.storage.schema.Statements;
import org.hibernate.LockMode;
import org.hibernate.Session;

/**
 * The outbox: written with the fact, emptied by workers on every node without one waiting for another (decision 9).
 *
 * <p>A worker takes messages for a time and sends them outside of any transaction; if it dies, they are due again when that
 * time is over. So a message leaves at least once: it leaves twice only if a node dies after the receiver accepted it and
 * before that was written down, and its id is the same both times.
 */
public final class Outbox {

    private static final int ERROR_LENGTH = 1000;

    private static final String PUT = """
            insert into {h-schema}SEKISHO_OUTBOX
            (ID, REALM_ID, CHANNEL, NOTICE, USER_ID, DEDUPLICATION, LOCALE, PAYLOAD, STATE, ATTEMPTS, CREATED_AT, NEXT_AT,
             STOP_HASH)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)""";

    private static final String COPY = "copy:";

    private static final String OF_NO_REALM = "";
    private static final String TAKES = "outbox-";

    private final EntityManager em;

    public Outbox(EntityManager em) {
        this.em = em;
    }

    /** Puts a message in, unless one with its key is there. One statement. */
    public boolean put(OutboxMessage message) {
        return Statements.of(em)
                .insertUnlessThere(
                        PUT,
                        values -> values.text(message.id())
                                .text(message.realmId())
                                .text(message.channel())
                                .text(message.notice())
                                .text(message.userId())
                                .text(message.deduplication())
                                .text(message.locale())
                                .text(message.payload())
                                .text(State.PENDING.name())
                                .instant(message.createdAt())
                                .instant(message.notBefore())
                                .text(message.stopHash().orElse(null)));
    }

    /**
     * The same message to another address of its customer, once: it fails and is sent again for itself.
     *
     * @param id of the copy
     * @param stopHash of its own stop code; empty where the address gets none
     * @param address what sets the address apart from his others
     */
    public void putCopy(Taken taken, String id, Optional<String> stopHash, String address, String payload) {
        OutboxMessage message = taken.message();
        put(new OutboxMessage(
                id,
                stopHash,
                message.realmId(),
                message.channel(),
                message.notice(),
                message.userId(),
                COPY + address + ':' + taken.id(),
                message.locale(),
                payload,
                message.createdAt(),
                taken.at()));
    }

    /** Its stop code is good for nothing. */
    public void disarm(String id) {
        em.createQuery("update OutboxEntity set stopHash = null where id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Whether it is the copy of another one. */
    public static boolean isCopy(OutboxMessage message) {
        return message.deduplication().startsWith(COPY);
    }

    /** Whether a message with a key was put in after an instant. */
    public boolean has(String realmId, String channel, String deduplication, Instant after) {
        return em.createQuery("""
                                select count(*) from OutboxEntity
                                where realmId = :realm and channel = :channel and deduplication = :deduplication
                                and createdAt > :after""", Long.class)
                        .setParameter("realm", realmId)
                        .setParameter("channel", channel)
                        .setParameter("deduplication", deduplication)
                        .setParameter("after", after)
                        .getSingleResult()
                > 0;
    }

    /**
     * A message that one worker has for a time.
     *
     * @param attempt how often it was taken; whoever holds an older number has lost it
     * @param at when it was taken, by the database's clock
     * @param until when somebody else may take it
     */
    public record Taken(String id, OutboxMessage message, int attempt, Instant at, Instant until) {}

    /**
     * Takes due messages of a channel, oldest first; those that another worker holds are skipped. Takes of all nodes follow one
     * another, each later than the one before it, or {@link #ahead} would count by the beginning of transactions of which the
     * first may be the last to commit. Nobody waits for his turn: what he has sent would not be written down meanwhile.
     *
     * @param exceptRealms realms whose channel rests
     * @param hold until when nobody else gets them
     * @return empty where it is not his turn, because another one takes, or because he is the very first one
     */
    public Optional<List<Taken>> take(
            String channel, Collection<String> exceptRealms, Instant now, Duration hold, int limit) {
        return new Cursors(em).hold(OF_NO_REALM, TAKES + channel).map(turn -> {
            Instant at = later(now, turn.position().at().plusMillis(1));
            List<Taken> taken = take(channel, exceptRealms, now, at, hold, limit);
            if (!taken.isEmpty()) {
                turn.move(new Position(at, ""));
            }
            return taken;
        });
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private List<Taken> take(
            String channel, Collection<String> exceptRealms, Instant now, Instant at, Duration hold, int limit) {
        String exceptions = exceptRealms.isEmpty() ? "" : "and realmId not in (:except) ";
        var query = em.unwrap(Session.class)
                .createSelectionQuery(
                        "from OutboxEntity where state = :pending and channel = :channel and nextAt <= :now "
                                + exceptions + "order by nextAt",
                        OutboxEntity.class)
                .setParameter("pending", State.PENDING)
                .setParameter("channel", channel)
                .setParameter("now", now)
                .setMaxResults(limit)
                .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED);
        if (!exceptRealms.isEmpty()) {
            query.setParameter("except", exceptRealms);
        }
        Instant until = at.plus(hold);
        List<OutboxEntity> due = query.getResultList();
        due.forEach(em::detach);
        List<Taken> taken =
                due.stream().map(entity -> toTaken(entity, at, until)).toList();
        if (!taken.isEmpty()) {
            em.createQuery("""
                            update OutboxEntity set attempts = attempts + 1, nextAt = :until where id in (:ids)""")
                    .setParameter("until", until)
                    .setParameter("ids", taken.stream().map(Taken::id).toList())
                    .executeUpdate();
        }
        return taken;
    }

    /**
     * How many messages of its customer are ahead of each: sent since an instant, or taken before it and still under way,
     * on whatever node. The named notices are not counted, nor are copies. One statement; it must not be the transaction that took them,
     * which saw nothing of what another node was taking.
     *
     * @return by id; absent where nothing is ahead
     */
    public Map<String, Long> ahead(Collection<Taken> taken, Collection<String> exceptNotices, Instant since) {
        Map<String, Long> ahead = new HashMap<>();
        em.createQuery("""
                        select mine.id, count(*) from OutboxEntity mine
                        join OutboxEntity other on other.userId = mine.userId and other.channel = mine.channel
                        where mine.id in (:ids) and other.notice not in (:except)
                        and other.deduplication not like :copies
                        and (other.state = :sent and other.sentAt >= :since
                            or other.state = :pending and other.attempts > 0
                            and (other.nextAt < mine.nextAt or other.nextAt = mine.nextAt and other.id < mine.id))
                        group by mine.id""", Object[].class)
                .setParameter("ids", taken.stream().map(Taken::id).toList())
                .setParameter("except", exceptNotices)
                .setParameter("sent", State.SENT)
                .setParameter("since", since)
                .setParameter("pending", State.PENDING)
                .setParameter("copies", COPY + "%")
                .getResultStream()
                .forEach(row -> ahead.put((String) row[0], (Long) row[1]));
        return ahead;
    }

    /** They were accepted by the receiver: true whoever holds them by now. One statement. */
    public void sent(Collection<String> ids, Instant now) {
        if (!ids.isEmpty()) {
            em.createQuery("""
                            update OutboxEntity set state = :sent, sentAt = :now, lastError = null
                            where id in (:ids) and state = :pending""")
                    .setParameter("sent", State.SENT)
                    .setParameter("now", now)
                    .setParameter("ids", ids)
                    .setParameter("pending", State.PENDING)
                    .executeUpdate();
        }
    }

    /** Due again at an instant. */
    public void retry(Taken taken, Instant nextAt, String error) {
        em.createQuery("""
                        update OutboxEntity set nextAt = :next, lastError = :error
                        where id = :id and attempts = :attempt and state = :pending""")
                .setParameter("next", nextAt)
                .setParameter("error", shortened(error))
                .setParameter("id", taken.id())
                .setParameter("attempt", taken.attempt())
                .setParameter("pending", State.PENDING)
                .executeUpdate();
    }

    /** Cannot be delivered: stays for an officer to see. */
    public void dead(Taken taken, String error) {
        leave(taken, State.DEAD, error);
    }

    /** Has no need to be sent, and why. */
    public void skip(Taken taken, String reason) {
        leave(taken, State.SKIPPED, reason);
    }

    /** Beyond what a customer gets in an hour: waits for the next summary. */
    public void hold(Taken taken) {
        leave(taken, State.HELD, null);
    }

    private void leave(Taken taken, State state, String why) {
        em.createQuery("""
                        update OutboxEntity set state = :state, lastError = :why
                        where id = :id and attempts = :attempt and state = :pending""")
                .setParameter("state", state)
                .setParameter("why", shortened(why))
                .setParameter("id", taken.id())
                .setParameter("attempt", taken.attempt())
                .setParameter("pending", State.PENDING)
                .executeUpdate();
    }

    /** The messages held back from a customer: notice by id. */
    public Map<String, String> held(String realmId, String channel, String userId) {
        Map<String, String> held = new HashMap<>();
        em.createQuery("""
                        select id, notice from OutboxEntity
                        where userId = :user and realmId = :realm and channel = :channel and state = :held""", Object[].class)
                .setParameter("user", userId)
                .setParameter("realm", realmId)
                .setParameter("channel", channel)
                .setParameter("held", State.HELD)
                .getResultStream()
                .forEach(row -> held.put((String) row[0], (String) row[1]));
        return held;
    }

    /** These were told in a summary. */
    public void summarised(Collection<String> heldIds, String summaryId) {
        if (!heldIds.isEmpty()) {
            em.createQuery("""
                            update OutboxEntity set state = :skipped, lastError = :why
                            where id in (:ids) and state = :held""")
                    .setParameter("skipped", State.SKIPPED)
                    .setParameter("why", "told in " + summaryId)
                    .setParameter("ids", heldIds)
                    .setParameter("held", State.HELD)
                    .executeUpdate();
        }
    }

    /** Whose stop code it is, or was. */
    public Optional<String> ofStopCode(String realmId, String stopHash) {
        return em.createQuery(
                        "select userId from OutboxEntity where stopHash = :hash and realmId = :realm", String.class)
                .setParameter("hash", stopHash)
                .setParameter("realm", realmId)
                .getResultStream()
                .findFirst();
    }

    /**
     * Uses a stop code up.
     *
     * @param since older messages' codes are good for nothing
     * @return false for what is no code, for a used one and for an old one
     */
    public boolean stop(String realmId, String stopHash, Instant since, Instant now) {
        return em.createQuery("""
                                update OutboxEntity set stoppedAt = :now
                                where stopHash = :hash and realmId = :realm and createdAt >= :since
                                and stoppedAt is null""")
                        .setParameter("now", now)
                        .setParameter("hash", stopHash)
                        .setParameter("realm", realmId)
                        .setParameter("since", since)
                        .executeUpdate()
                == 1;
    }

    /** The oldest message of a channel that should have left. */
    public Optional<Instant> oldestPending(String channel, Instant now) {
        return Optional.ofNullable(em.createQuery("""
                                select min(createdAt) from OutboxEntity
                                where state = :pending and channel = :channel and createdAt <= :now""", Instant.class)
                .setParameter("pending", State.PENDING)
                .setParameter("channel", channel)
                .setParameter("now", now)
                .getSingleResult());
    }

    public long count(String channel, State state) {
        return em.createQuery(
                        "select count(*) from OutboxEntity where state = :state and channel = :channel", Long.class)
                .setParameter("state", state)
                .setParameter("channel", channel)
                .getSingleResult();
    }

    /** Forgets what was done with before an instant, a batch at a time. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteDone(String realmId, Instant before, int limit) {
        return new Expiry("OutboxEntity", "id", "createdAt", "state in (SENT, SKIPPED)")
                .delete(em, realmId, before, limit);
    }

    /** The same of what could not be delivered, and stayed for an officer to see. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteDead(String realmId, Instant before, int limit) {
        return new Expiry("OutboxEntity", "id", "createdAt", "state = DEAD").delete(em, realmId, before, limit);
    }

    public void deleteUser(String realmId, String userId) {
        em.createQuery("delete from OutboxEntity where realmId = :realm and userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from OutboxEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private static String shortened(String text) {
        return text == null || text.length() <= ERROR_LENGTH ? text : text.substring(0, ERROR_LENGTH);
    }

    private static Taken toTaken(OutboxEntity entity, Instant now, Instant until) {
        return new Taken(
                entity.id,
                new OutboxMessage(
                        entity.id,
                        Optional.ofNullable(entity.stopHash),
                        entity.realmId,
                        entity.channel,
                        entity.notice,
                        Optional.ofNullable(entity.userId),
                        entity.deduplication,
                        entity.locale,
                        entity.payload,
                        entity.createdAt,
                        entity.nextAt),
                entity.attempts + 1,
                now,
                until);
    }
}
