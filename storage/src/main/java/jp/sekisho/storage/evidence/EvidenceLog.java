package jp.sekisho.storage.evidence;

import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The evidence log: append, find, and the retention job's delete. */
// FFAJ-3-S3, JP25-12
public final class EvidenceLog {

    private final EntityManager em;

    public EvidenceLog(EntityManager em) {
        this.em = em;
    }

    public void append(EvidenceRow row) {
        EvidenceEntity entity = new EvidenceEntity();
        EvidenceRow.Index index = row.index();
        entity.id = row.id();
        entity.realmId = row.realmId();
        entity.format = EvidenceRow.FORMAT;
        entity.kind = row.kind().name();
        entity.decisionId = row.decisionId().orElse(null);
        entity.at = row.at();
        entity.customer = index.customer().orElse(null);
        entity.clientId = index.clientId().orElse(null);
        entity.sessionId = index.sessionId().orElse(null);
        entity.operation = index.operation().orElse(null);
        entity.address = index.address().orElse(null);
        entity.prefix = index.prefix().orElse(null);
        entity.source = index.source().orElse(null);
        entity.asn = index.asn().orElse(null);
        entity.country = index.country().orElse(null);
        entity.deviceId = index.deviceId().orElse(null);
        entity.outcome = index.outcome().orElse(null);
        entity.level = index.level().orElse(null);
        entity.result = index.result().orElse(null);
        entity.policyVersion = index.policyVersion().orElse(null);
        entity.content = row.content();
        entity.contentHash = sha256(row.content());
        em.persist(entity);
    }

    /** The rows of a kind after a position, oldest first: what a worker walks along. */
    public List<EvidenceRow> after(
            String realmId, EvidenceRow.Kind kind, Instant fromTime, String fromId, Instant until, int limit) {
        return em.createQuery("""
                        from EvidenceEntity where realmId = :realm and kind = :kind
                        and (at > :from or at = :from and id > :id) and at <= :until
                        order by at, id""", EvidenceEntity.class)
                .setParameter("realm", realmId)
                .setParameter("kind", kind.name())
                .setParameter("from", fromTime)
                .setParameter("id", fromId)
                .setParameter("until", until)
                .setMaxResults(limit)
                .getResultStream()
                .map(EvidenceLog::toRow)
                .toList();
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

    /** What was written about a decision later. */
    public List<EvidenceRow> factsOf(String decisionId) {
        return em.createQuery("from EvidenceEntity where decisionId = :decision order by at, id", EvidenceEntity.class)
                .setParameter("decision", decisionId)
                .getResultStream()
                .map(EvidenceLog::toRow)
                .toList();
    }

    /**
     * @param tried distinct customers, or names, tried from the source
     * @param failed of them, those with a failure and no success
     */
    public record SourceTally(long tried, long failed) {}

    /** How a source did over customers since an instant. One indexed statement. */
    public SourceTally tally(String realmId, String source, Instant since) {
        Object[] row = em.createQuery("""
                        select count(*), sum(case when c.failed = 1 and c.admitted = 0 then 1 else 0 end)
                        from (select e.customer as customer,
                                     max(case when e.result = 'FAILED' then 1 else 0 end) as failed,
                                     max(case when e.result = 'ADMITTED' then 1 else 0 end) as admitted
                              from EvidenceEntity e
                              where e.realmId = :realm and e.source = :source and e.at >= :since
                              and e.customer is not null
                              group by e.customer) c""", Object[].class)
                .setParameter("realm", realmId)
                .setParameter("source", source)
                .setParameter("since", since)
                .getSingleResult();
        return new SourceTally((Long) row[0], row[1] == null ? 0 : (Long) row[1]);
    }

    /** Deletes rows older than the retention, a batch at a time; the caller leaves the deletion record. */
    public int deleteBefore(String realmId, Instant before, int limit) {
        List<String> ids = em.createQuery(
                        "select id from EvidenceEntity where realmId = :realm and at < :before order by at",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
        return ids.isEmpty()
                ? 0
                : em.createQuery("delete from EvidenceEntity where id in :ids")
                        .setParameter("ids", ids)
                        .executeUpdate();
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

    private static String sha256(String content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
