package jp.sekisho.storage.evidence;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.schema.Statements;
import jp.sekisho.storage.schema.Statements.Change;
import jp.sekisho.storage.schema.Statements.Insert;

/** The evidence log: append, find, and the retention job's delete. */
// FFAJ-3-S3, JP25-12
public final class EvidenceLog {

    private static final Set<String> OF_SESSIONS = Stream.of(Operation.values())
            .filter(operation -> !operation.ofApps())
            .map(Operation::name)
            .collect(Collectors.toUnmodifiableSet());

    private static final String INTO = """
            {h-schema}SEKISHO_EVIDENCE
            (ID, REALM_ID, FORMAT, AT_TIME, KIND, DECISION_ID, CUSTOMER, CLIENT_ID, SESSION_ID, OPERATION, ADDRESS, PREFIX,
            SOURCE, ASN, COUNTRY, DEVICE_ID, OUTCOME, RISK_LEVEL, RESULT, POLICY_VERSION, CONTENT, CONTENT_HASH)""";

    private static final String ROW = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

    private final EntityManager em;

    public EvidenceLog(EntityManager em) {
        this.em = em;
    }

    /**
     * At once, not at the commit: a row that cannot be written fails here.
     *
     * @throws jakarta.persistence.PersistenceException where it cannot be written; the transaction is then lost
     */
    public void append(EvidenceRow row) {
        Statements.of(em).update(List.of(appended(row)));
    }

    /** A row more, for who writes it together with something else. */
    public static Change appended(EvidenceRow row) {
        return insert(row).change();
    }

    /** A row more, for who inserts it with what it is about. */
    public static Insert insert(EvidenceRow row) {
        EvidenceRow.Index index = row.index();
        return new Insert(
                INTO,
                ROW,
                values -> values.text(row.id())
                        .text(row.realmId())
                        .number(EvidenceRow.FORMAT)
                        .instant(row.at())
                        .text(row.kind().name())
                        .text(row.decisionId())
                        .text(index.customer())
                        .text(index.clientId())
                        .text(index.sessionId())
                        .text(index.operation())
                        .text(index.address())
                        .text(index.prefix())
                        .text(index.source())
                        .number(index.asn())
                        .text(index.country())
                        .text(index.deviceId())
                        .text(index.outcome())
                        .text(index.level())
                        .text(index.result())
                        .text(index.policyVersion())
                        .text(row.content())
                        .text(Sha256.hex(row.content())));
    }

    /** The rows of a kind after a position and before an instant, oldest first: what a worker walks along. */
    public List<EvidenceRow> after(String realmId, EvidenceRow.Kind kind, Position position, Instant until, int limit) {
        return walk(facts(kind), Map.of(), realmId, position, until, limit);
    }

    /**
     * The rows that say that a customer was let in, after a position and before an instant, oldest first: decisions that
     * ended at once, and results of those that did not.
     */
    public List<EvidenceRow> admittedAfter(
            String realmId, String operation, Position position, Instant until, int limit) {
        return walk(
                "kind in ('DECISION', 'RESULT') and result = 'ADMITTED' and operation = :operation",
                Map.of("operation", operation),
                realmId,
                position,
                until,
                limit);
    }

    /** In the text, as the partial index of facts has its kinds: with a parameter, PostgreSQL could not use it. */
    private static String facts(EvidenceRow.Kind kind) {
        return "kind = '" + kind.name() + "'";
    }

    private List<EvidenceRow> walk(
            String condition, Map<String, String> values, String realmId, Position position, Instant until, int limit) {
        TypedQuery<EvidenceEntity> query = em.createQuery(
                "from EvidenceEntity where " + condition + " and realmId = :realm and at < :until"
                        + " and at >= :from and (at > :from or id > :id) order by at, id",
                EvidenceEntity.class);
        values.forEach(query::setParameter);
        return query.setParameter("realm", realmId)
                .setParameter("from", position.at())
                .setParameter("id", position.id())
                .setParameter("until", until)
                .setMaxResults(limit)
                .getResultStream()
                .map(EvidenceLog::toRow)
                .toList();
    }

    /** The rows with these ids, in no order. */
    public List<EvidenceRow> withIds(Collection<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : em.createQuery("from EvidenceEntity where id in (:ids)", EvidenceEntity.class)
                        .setParameter("ids", ids)
                        .getResultStream()
                        .map(EvidenceLog::toRow)
                        .toList();
    }

    /** Those of the decisions about which such a fact was written. */
    public Set<String> decisionsWith(EvidenceRow.Kind fact, Collection<String> decisionIds) {
        return decisionIds.isEmpty()
                ? Set.of()
                : Set.copyOf(em.createQuery("""
                                select distinct decisionId from EvidenceEntity
                                where decisionId in (:ids) and kind = :kind""", String.class)
                        .setParameter("ids", decisionIds)
                        .setParameter("kind", fact.name())
                        .getResultList());
    }

    /** When the state of these customers was deleted, where it was since an instant: the latest time of each. */
    public Map<String, Instant> stateDeleted(String realmId, Collection<String> customers, Instant since) {
        Map<String, Instant> latest = new HashMap<>();
        if (!customers.isEmpty()) {
            em.createQuery("""
                            from EvidenceEntity where realmId = :realm and customer in (:customers) and at >= :since
                            and kind = :deletion""", EvidenceEntity.class)
                    .setParameter("realm", realmId)
                    .setParameter("customers", customers)
                    .setParameter("since", since)
                    .setParameter("deletion", EvidenceRow.Kind.DELETION.name())
                    .getResultStream()
                    .forEach(entity ->
                            latest.merge(entity.customer, entity.at, (one, other) -> one.isAfter(other) ? one : other));
        }
        return latest;
    }

    /** All of this customer, newest first. */
    public List<EvidenceRow> ofCustomer(String realmId, String customer, int limit) {
        return em.createQuery("""
                        from EvidenceEntity where realmId = :realm and customer = :customer
                        order by at desc, id desc""", EvidenceEntity.class)
                .setParameter("realm", realmId)
                .setParameter("customer", customer)
                .setMaxResults(limit)
                .getResultStream()
                .map(EvidenceLog::toRow)
                .toList();
    }

    /** The decisions on a customer before a position, newest first. */
    public List<EvidenceRow> decisionsBefore(String realmId, String customer, Position before, int limit) {
        return walkBack(
                "customer = :customer and " + facts(EvidenceRow.Kind.DECISION),
                Map.of("customer", customer),
                realmId,
                before,
                limit);
    }

    /** The facts of a kind before a position, newest first. */
    public List<EvidenceRow> factsBefore(String realmId, EvidenceRow.Kind kind, Position before, int limit) {
        return walkBack(facts(kind), Map.of(), realmId, before, limit);
    }

    private List<EvidenceRow> walkBack(
            String condition, Map<String, String> values, String realmId, Position before, int limit) {
        TypedQuery<EvidenceEntity> query = em.createQuery(
                "from EvidenceEntity where " + condition + " and realmId = :realm and at <= :at"
                        + " and (at < :at or id < :id) order by at desc, id desc",
                EvidenceEntity.class);
        values.forEach(query::setParameter);
        return query.setParameter("realm", realmId)
                .setParameter("at", before.at())
                .setParameter("id", before.id())
                .setMaxResults(limit)
                .getResultStream()
                .map(EvidenceLog::toRow)
                .toList();
    }

    /** What was written about these decisions later, oldest first. */
    public List<EvidenceRow> factsOf(Collection<String> decisionIds) {
        return decisionIds.isEmpty()
                ? List.of()
                : em.createQuery("from EvidenceEntity where decisionId in (:ids) order by at, id", EvidenceEntity.class)
                        .setParameter("ids", decisionIds)
                        .getResultStream()
                        .map(EvidenceLog::toRow)
                        .toList();
    }

    /**
     * A customer in a search across customers.
     *
     * @param customer pseudonym, of a name that nobody has as well
     * @param first time of his oldest row that was searched
     * @param last time of his newest row
     * @param rows how many
     */
    public record Seen(String customer, Instant first, Instant last, long rows) {}

    /**
     * Everybody from this source since an instant, by pseudonym. One indexed statement.
     *
     * @param source an IPv4 address, or the /64 of an IPv6 address: within it, one subscriber changes addresses at will
     * @param after the last customer of the page before, empty for the first page
     * @param limit customers a page
     */
    // FFAJ-5.1-S3
    public List<Seen> customersFromSource(String realmId, String source, Instant since, String after, int limit) {
        return em.createQuery("""
                        select customer, min(at), max(at), count(*) from EvidenceEntity
                        where realmId = :realm and source = :source and at >= :since and customer > :after
                        group by customer order by customer""", Object[].class)
                .setParameter("realm", realmId)
                .setParameter("source", source)
                .setParameter("since", since)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultStream()
                .map(row -> new Seen((String) row[0], (Instant) row[1], (Instant) row[2], (Long) row[3]))
                .toList();
    }

    /** The decision that a customer's session began with: the newest of those that were made in it, but for what apps asked about. */
    public Optional<EvidenceRow> ofSession(String realmId, String customer, String sessionId) {
        return em.createQuery("""
                        from EvidenceEntity where realmId = :realm and customer = :customer and sessionId = :session
                        and kind = :decision and operation in (:own) order by at desc, id desc""", EvidenceEntity.class)
                .setParameter("realm", realmId)
                .setParameter("customer", customer)
                .setParameter("session", sessionId)
                .setParameter("own", OF_SESSIONS)
                .setParameter("decision", EvidenceRow.Kind.DECISION.name())
                .setMaxResults(1)
                .getResultStream()
                .map(EvidenceLog::toRow)
                .findFirst();
    }

    /** What was written about a decision later. */
    public List<EvidenceRow> factsOf(String decisionId) {
        return em.createQuery("from EvidenceEntity where decisionId = :decision order by at, id", EvidenceEntity.class)
                .setParameter("decision", decisionId)
                .getResultStream()
                .map(EvidenceLog::toRow)
                .toList();
    }

    /**
     * @param tried distinct customers, or names, of whom something was evaluated
     * @param failed of them, those with a failure and no success
     */
    public record SourceTally(long tried, long failed) {}

    /**
     * How a source did over customers since an instant. One indexed statement. Only who came in or failed is counted, and who
     * was only asked a code for, as anybody can of any name: a source would look better for all else that it begins.
     */
    public SourceTally tally(String realmId, String source, Instant since) {
        Object[] row = em.createQuery("""
                        select count(*), sum(case when c.failed = 1 and c.admitted = 0 then 1 else 0 end)
                        from (select e.customer as customer,
                                     max(case when e.result <> 'ADMITTED' then 1 else 0 end) as failed,
                                     max(case when e.result = 'ADMITTED' then 1 else 0 end) as admitted
                              from EvidenceEntity e
                              where e.realmId = :realm and e.source = :source and e.at >= :since
                              and e.customer is not null and (e.result in ('FAILED', 'ADMITTED')
                                      or e.result = 'PENDING' and e.operation = 'CREDENTIAL_CHANGE')
                              group by e.customer) c""", Object[].class)
                .setParameter("realm", realmId)
                .setParameter("source", source)
                .setParameter("since", since)
                .getSingleResult();
        return new SourceTally((Long) row[0], row[1] == null ? 0 : (Long) row[1]);
    }

    /**
     * What one batch of the retention job deleted.
     *
     * @param rows how many
     * @param from time of the oldest
     * @param to time of the newest
     */
    public record Deleted(int rows, Instant from, Instant to) {

        /**
         * @param rows how many of those that were found are gone; who came back meanwhile stays
         * @param found id and time of each
         */
        public static Optional<Deleted> of(int rows, List<Object[]> found) {
            List<Instant> times =
                    found.stream().map(row -> (Instant) row[1]).sorted().toList();
            return rows == 0
                    ? Optional.empty()
                    : Optional.of(new Deleted(rows, times.get(0), times.get(times.size() - 1)));
        }
    }

    /** Deletes the oldest rows before an instant, a batch at a time; the caller leaves the deletion record. */
    public Optional<Deleted> deleteBefore(String realmId, Instant before, int limit) {
        List<Object[]> oldest = em.createQuery(
                        "select id, at from EvidenceEntity where realmId = :realm and at < :before order by at, id",
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
        if (oldest.isEmpty()) {
            return Optional.empty();
        }
        int rows = em.createQuery("delete from EvidenceEntity where id in (:ids)")
                .setParameter("ids", oldest.stream().map(row -> row[0]).toList())
                .executeUpdate();
        return Deleted.of(rows, oldest);
    }

    /** The realms that the log knows, those that are gone included. A step in the index for each. */
    public List<String> realms() {
        List<String> realms = new ArrayList<>();
        Optional<String> next = realmAfter("");
        while (next.isPresent()) {
            realms.add(next.get());
            next = realmAfter(next.get());
        }
        return realms;
    }

    private Optional<String> realmAfter(String realmId) {
        return Optional.ofNullable(
                em.createQuery("select min(realmId) from EvidenceEntity where realmId > :last", String.class)
                        .setParameter("last", realmId)
                        .getSingleResult());
    }

    private static EvidenceRow toRow(EvidenceEntity entity) {
        return new EvidenceRow(
                entity.id,
                entity.realmId,
                EvidenceRow.Kind.valueOf(entity.kind),
                Optional.ofNullable(entity.decisionId),
                entity.at,
                new EvidenceRow.Index(
                        Optional.ofNullable(entity.customer),
                        Optional.ofNullable(entity.clientId),
                        Optional.ofNullable(entity.sessionId),
                        Optional.ofNullable(entity.operation),
                        Optional.ofNullable(entity.address),
                        Optional.ofNullable(entity.prefix),
                        Optional.ofNullable(entity.source),
                        Optional.ofNullable(entity.asn),
                        Optional.ofNullable(entity.country),
                        Optional.ofNullable(entity.deviceId),
                        Optional.ofNullable(entity.outcome),
                        Optional.ofNullable(entity.level),
                        Optional.ofNullable(entity.result),
                        Optional.ofNullable(entity.policyVersion)),
                entity.content);
    }
}
