package jp.sekisho.storage.outbox;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.storage.outbox.OutboxEntity.State;
import org.hibernate.LockMode;
import org.hibernate.Session;

/** The outbox: written with the fact, emptied by workers on every node without one waiting for another (decision 9). */
public final class Outbox {

    private final EntityManager em;

    public Outbox(EntityManager em) {
        this.em = em;
    }

    /** Puts a message in, unless one with its key is there. One statement. */
    public boolean put(OutboxMessage message) {
        return em.createQuery("""
                                insert into OutboxEntity
                                (id, realmId, channel, notice, userId, deduplication, locale, payload, state, attempts,
                                 createdAt, nextAt)
                                values (:id, :realm, :channel, :notice, :user, :deduplication, :locale, :payload,
                                 :state, 0, :created, :next)
                                on conflict do nothing""")
                        .setParameter("id", UUID.randomUUID().toString())
                        .setParameter("realm", message.realmId())
                        .setParameter("channel", message.channel())
                        .setParameter("notice", message.notice())
                        .setParameter("user", message.userId())
                        .setParameter("deduplication", message.deduplication())
                        .setParameter("locale", message.locale())
                        .setParameter("payload", message.payload())
                        .setParameter("state", State.PENDING)
                        .setParameter("created", message.createdAt())
                        .setParameter("next", message.notBefore())
                        .executeUpdate()
                == 1;
    }

    /** A message that this transaction alone holds until it ends. */
    public record Due(String id, OutboxMessage message, int attempts) {}

    /** Up to {@code limit} due messages of a channel, locked; those that another worker holds are skipped. */
    public List<Due> lockDue(String channel, Instant now, int limit) {
        return em.unwrap(Session.class)
                .createSelectionQuery("""
                        from OutboxEntity where state = :pending and channel = :channel and nextAt <= :now
                        order by nextAt""", OutboxEntity.class)
                .setParameter("pending", State.PENDING)
                .setParameter("channel", channel)
                .setParameter("now", now)
                .setMaxResults(limit)
                .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .getResultStream()
                .map(Outbox::toDue)
                .toList();
    }

    /** How many messages a customer was sent since an instant: a flood of failures must not become a flood of mails. */
    public long countSince(String userId, String channel, Instant since) {
        return em.createQuery("""
                        select count(*) from OutboxEntity
                        where userId = :user and channel = :channel and createdAt >= :since""", Long.class)
                .setParameter("user", userId)
                .setParameter("channel", channel)
                .setParameter("since", since)
                .getSingleResult();
    }

    public void sent(String id, Instant now) {
        OutboxEntity entity = locked(id);
        entity.state = State.SENT;
        entity.attempts++;
        entity.sentAt = now;
        entity.lastError = null;
    }

    public void retry(String id, Instant nextAt, String error) {
        OutboxEntity entity = locked(id);
        entity.attempts++;
        entity.nextAt = nextAt;
        entity.lastError = error;
    }

    public void dead(String id, String error) {
        OutboxEntity entity = locked(id);
        entity.state = State.DEAD;
        entity.attempts++;
        entity.lastError = error;
    }

    /** The oldest message that should have left, for the age metric. */
    public Optional<Instant> oldestDue(Instant now) {
        return Optional.ofNullable(em.createQuery(
                        "select min(nextAt) from OutboxEntity where state = :pending and nextAt <= :now", Instant.class)
                .setParameter("pending", State.PENDING)
                .setParameter("now", now)
                .getSingleResult());
    }

    public long count(State state) {
        return em.createQuery("select count(*) from OutboxEntity where state = :state", Long.class)
                .setParameter("state", state)
                .getSingleResult();
    }

    /** Forgets what was sent before an instant; dead letters stay until an officer has seen them. */
    public int purgeSent(Instant before) {
        return em.createQuery("delete from OutboxEntity where state = :sent and sentAt < :before")
                .setParameter("sent", State.SENT)
                .setParameter("before", before)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from OutboxEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private OutboxEntity locked(String id) {
        return em.find(OutboxEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    private static Due toDue(OutboxEntity entity) {
        return new Due(
                entity.id,
                new OutboxMessage(
                        entity.realmId,
                        entity.channel,
                        entity.notice,
                        entity.userId,
                        entity.deduplication,
                        entity.locale,
                        entity.payload,
                        entity.createdAt,
                        entity.nextAt),
                entity.attempts);
    }
}
