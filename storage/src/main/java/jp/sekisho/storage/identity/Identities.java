package jp.sekisho.storage.identity;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.identity.VerificationMethod;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;

/** Identity verifications of customers. State: they go with their customer, and the evidence log keeps that they were. */
// FFAJ-1.1-S1, FFAJ-1.1-B2
public final class Identities {

    private final EntityManager em;

    public Identities(EntityManager em) {
        this.em = em;
    }

    public void add(String realmId, String customer, IdentityRow row) {
        IdentityEntity entity = new IdentityEntity();
        entity.id = row.id();
        entity.realmId = realmId;
        entity.customer = customer;
        entity.method = row.method().name();
        entity.reference = row.sealedReference().orElse(null);
        entity.evidenceHash = row.evidenceHash().orElse(null);
        entity.officer = row.officer().orElse(null);
        entity.provider = row.provider().orElse(null);
        entity.recovery = row.recovery().orElse(null);
        entity.verifiedAt = row.verifiedAt();
        entity.recordedAt = row.recordedAt();
        em.persist(entity);
        // Rotation changes the table past Hibernate.
        em.flush();
    }

    /** Of a customer, newest verification first. One indexed statement. */
    public List<IdentityRow> of(String customer) {
        return em.createQuery(
                        "from IdentityEntity where customer = :customer order by verifiedAt desc, id desc",
                        IdentityEntity.class)
                .setParameter("customer", customer)
                .getResultStream()
                .map(Identities::toRow)
                .toList();
    }

    /**
     * Deletes the oldest verifications before an instant, a batch at a time. The newest of each customer stays: it is what
     * the firm must be able to show as long as he is one.
     */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteSuperseded(String realmId, Instant before, int limit) {
        List<Object[]> oldest = em.createQuery("""
                        select i.id, i.verifiedAt from IdentityEntity i
                        where i.realmId = :realm and i.verifiedAt < :before and exists (
                            select 1 from IdentityEntity newer where newer.customer = i.customer
                            and (newer.verifiedAt > i.verifiedAt
                                or newer.verifiedAt = i.verifiedAt and newer.id > i.id))
                        order by i.verifiedAt, i.id""", Object[].class)
                .setParameter("realm", realmId)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
        if (oldest.isEmpty()) {
            return Optional.empty();
        }
        int rows = em.createQuery("delete from IdentityEntity where id in (:ids)")
                .setParameter("ids", oldest.stream().map(row -> row[0]).toList())
                .executeUpdate();
        return Deleted.of(rows, oldest);
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from IdentityEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from IdentityEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private static IdentityRow toRow(IdentityEntity entity) {
        return new IdentityRow(
                entity.id,
                VerificationMethod.valueOf(entity.method),
                Optional.ofNullable(entity.reference),
                Optional.ofNullable(entity.evidenceHash),
                Optional.ofNullable(entity.officer),
                Optional.ofNullable(entity.provider),
                Optional.ofNullable(entity.recovery),
                entity.verifiedAt,
                entity.recordedAt);
    }
}
