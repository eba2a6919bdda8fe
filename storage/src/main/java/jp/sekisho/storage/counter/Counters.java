package jp.sekisho.storage.counter;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.policies.lockout.Counter;

/**
 * The counters of customers. A change is a conditional statement whose row count decides: whoever comes second reads
 * again (decision 8).
 */
public final class Counters {

    private final EntityManager em;

    public Counters(EntityManager em) {
        this.em = em;
    }

    /** All counters of one customer: at most one a credential and device. One indexed statement. */
    public List<Counter> of(String customer) {
        return em.createQuery("from CounterEntity where customer = :customer", CounterEntity.class)
                .setParameter("customer", customer)
                .getResultStream()
                .map(Counters::toCounter)
                .toList();
    }

    /**
     * Stores successors, each only over the predecessor that it was made from.
     *
     * @return false when any of them was changed meanwhile; the caller must then roll back
     */
    public boolean replace(String realmId, String customer, Collection<Counter> successors, Instant now) {
        for (Counter counter : inOrder(successors)) {
            int rows =
                    counter.version() == 0 ? insert(realmId, customer, counter, now) : update(customer, counter, now);
            if (rows != 1) {
                return false;
            }
        }
        return true;
    }

    /**
     * Deletes what was not touched since {@code before} and has nothing to remember but a few failures, a batch at a
     * time.
     */
    public int purge(String realmId, Instant before, int fewerThan, int limit) {
        List<String> ids = em.createQuery("""
                        select id from CounterEntity where realmId = :realm
                        and updatedAt < :before and lockedAt is null and consecutive < :few""", String.class)
                .setParameter("realm", realmId)
                .setParameter("before", before)
                .setParameter("few", fewerThan)
                .setMaxResults(limit)
                .getResultList();
        return ids.isEmpty()
                ? 0
                : em.createQuery("delete from CounterEntity where id in (:ids) and updatedAt < :before")
                        .setParameter("ids", ids)
                        .setParameter("before", before)
                        .executeUpdate();
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from CounterEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from CounterEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    /** The same order in every transaction, so that two of them never wait for each other. */
    private static List<Counter> inOrder(Collection<Counter> counters) {
        return counters.stream()
                .sorted(Comparator.comparing((Counter counter) -> counter.key().subject())
                        .thenComparing(counter -> counter.key().scope()))
                .toList();
    }

    private int insert(String realmId, String customer, Counter counter, Instant now) {
        return em.createQuery("""
                        insert into CounterEntity
                        (id, realmId, customer, subject, scope, failures, windowStart, consecutive,
                         blockedUntil, lockedAt, version, updatedAt)
                        values (:id, :realm, :customer, :subject, :scope, :failures, :windowStart, :consecutive,
                         :blockedUntil, :lockedAt, 1, :now)
                        on conflict do nothing""")
                .setParameter("id", UUID.randomUUID().toString())
                .setParameter("realm", realmId)
                .setParameter("customer", customer)
                .setParameter("subject", counter.key().subject())
                .setParameter("scope", counter.key().scope())
                .setParameter("failures", counter.failures())
                .setParameter("windowStart", counter.windowStart())
                .setParameter("consecutive", counter.consecutive())
                .setParameter("blockedUntil", counter.blockedUntil().orElse(null))
                .setParameter("lockedAt", counter.lockedAt().orElse(null))
                .setParameter("now", now)
                .executeUpdate();
    }

    private int update(String customer, Counter counter, Instant now) {
        return em.createQuery("""
                        update CounterEntity set
                        failures = :failures, windowStart = :windowStart, consecutive = :consecutive,
                        blockedUntil = :blockedUntil, lockedAt = :lockedAt, version = version + 1, updatedAt = :now
                        where customer = :customer and subject = :subject and scope = :scope and version = :version""")
                .setParameter("failures", counter.failures())
                .setParameter("windowStart", counter.windowStart())
                .setParameter("consecutive", counter.consecutive())
                .setParameter("blockedUntil", counter.blockedUntil().orElse(null))
                .setParameter("lockedAt", counter.lockedAt().orElse(null))
                .setParameter("now", now)
                .setParameter("customer", customer)
                .setParameter("subject", counter.key().subject())
                .setParameter("scope", counter.key().scope())
                .setParameter("version", counter.version())
                .executeUpdate();
    }

    public static Counter toCounter(CounterEntity entity) {
        return new Counter(
                new Counter.Key(entity.subject, entity.scope),
                entity.failures,
                entity.windowStart,
                entity.consecutive,
                Optional.ofNullable(entity.blockedUntil),
                Optional.ofNullable(entity.lockedAt),
                entity.version);
    }
}
