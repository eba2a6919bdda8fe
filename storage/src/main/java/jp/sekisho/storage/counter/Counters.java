package jp.sekisho.storage.counter;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.schema.Day;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;

/**
 * The counters of customers. A change is a conditional statement whose row count decides: whoever comes second reads
 * again (decision 8).
 */
public final class Counters {

    /** What {@link #read} reads, of the table as {@code c}. */
    public static final String COLUMNS = "c.SUBJECT, c.COUNTER_SCOPE, c.FAILURES, c.WINDOW_START, c.CONSECUTIVE,"
            + " c.BLOCKED_UNTIL, c.LOCKED_AT, c.VERSION";

    private static final String INSERT = """
            insert into {h-schema}SEKISHO_COUNTER
            (ID, REALM_ID, CUSTOMER, SUBJECT, COUNTER_SCOPE, FAILURES, WINDOW_START, CONSECUTIVE,
             BLOCKED_UNTIL, LOCKED_AT, VERSION, UPDATED_AT, UPDATED_ON)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)""";

    private static final String UPDATE = """
            update {h-schema}SEKISHO_COUNTER set
            FAILURES = ?, WINDOW_START = ?, CONSECUTIVE = ?, BLOCKED_UNTIL = ?, LOCKED_AT = ?, VERSION = VERSION + 1,
            UPDATED_AT = ?, UPDATED_ON = ?
            where CUSTOMER = ? and SUBJECT = ? and COUNTER_SCOPE = ? and VERSION = ?""";

    private static final String OF = "select " + COLUMNS + " from {h-schema}SEKISHO_COUNTER c where c.CUSTOMER = ?";

    private final EntityManager em;

    public Counters(EntityManager em) {
        this.em = em;
    }

    /** All counters of one customer: at most one a credential and device. One indexed statement. */
    public List<Counter> of(String customer) {
        return Statements.of(em)
                .select(OF, values -> values.text(customer), row -> read(row).orElseThrow());
    }

    /**
     * Stores successors, each only over the predecessor that it was made from.
     *
     * @return false when any of them was changed meanwhile; the caller must then roll back
     */
    public boolean replace(String realmId, String customer, Collection<Counter> successors, Instant now) {
        for (Counter counter : inOrder(successors)) {
            boolean stored =
                    counter.version() == 0 ? insert(realmId, customer, counter, now) : update(customer, counter, now);
            if (!stored) {
                return false;
            }
        }
        return true;
    }

    /**
     * Deletes what was not touched since {@code before} and has nothing to remember but a few failures, a batch at a
     * time.
     */
    // FFAJ-2.2-S3
    public Optional<Deleted> purge(String realmId, Instant before, int fewerThan, int limit) {
        List<Object[]> stale = em.createQuery("""
                        select id, updatedAt from CounterEntity where realmId = :realm
                        and updatedOn <= :day and updatedAt < :before and lockedAt is null and consecutive < :few""", Object[].class)
                .setParameter("realm", realmId)
                .setParameter("day", Day.of(before))
                .setParameter("before", before)
                .setParameter("few", fewerThan)
                .setMaxResults(limit)
                .getResultList();
        if (stale.isEmpty()) {
            return Optional.empty();
        }
        int rows = em.createQuery("delete from CounterEntity where id in (:ids) and updatedAt < :before")
                .setParameter("ids", stale.stream().map(row -> row[0]).toList())
                .setParameter("before", before)
                .executeUpdate();
        return Deleted.of(rows, stale);
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

    private boolean insert(String realmId, String customer, Counter counter, Instant now) {
        return Statements.of(em)
                .insertUnlessThere(
                        INSERT,
                        values -> values.text(UUID.randomUUID().toString())
                                .text(realmId)
                                .text(customer)
                                .text(counter.key().subject())
                                .text(counter.key().scope())
                                .number(counter.failures())
                                .instant(counter.windowStart())
                                .number(counter.consecutive())
                                .instant(counter.blockedUntil())
                                .instant(counter.lockedAt())
                                .instant(now)
                                .day(now));
    }

    private boolean update(String customer, Counter counter, Instant now) {
        return Statements.of(em)
                        .update(
                                UPDATE,
                                values -> values.number(counter.failures())
                                        .instant(counter.windowStart())
                                        .number(counter.consecutive())
                                        .instant(counter.blockedUntil())
                                        .instant(counter.lockedAt())
                                        .instant(now)
                                        .day(now)
                                        .text(customer)
                                        .text(counter.key().subject())
                                        .text(counter.key().scope())
                                        .number(counter.version()))
                == 1;
    }

    /** Of a row that goes on with {@link #COLUMNS}, all of which it reads; empty where an outer join found none. */
    public static Optional<Counter> read(Row row) throws SQLException {
        Counter counter = new Counter(
                new Counter.Key(row.text(), row.text()),
                row.integer(),
                row.instant(),
                row.integer(),
                Optional.ofNullable(row.instant()),
                Optional.ofNullable(row.instant()),
                row.number());
        return Optional.of(counter).filter(known -> known.key().subject() != null);
    }
}
