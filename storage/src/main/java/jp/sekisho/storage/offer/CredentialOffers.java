package jp.sekisho.storage.offer;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.retention.Expiry;

/** What customers are offered until they take it, or its time is over. */
// JP25-6
public final class CredentialOffers {

    private final EntityManager em;

    public CredentialOffers(EntityManager em) {
        this.em = em;
    }

    /** Who is offered the same once more is offered it once, until its new end. */
    public void add(String realmId, String customer, String parameter, Instant now, Instant expires) {
        em.createQuery("delete from CredentialOfferEntity where customer = :customer and parameter = :parameter")
                .setParameter("customer", customer)
                .setParameter("parameter", parameter)
                .executeUpdate();
        CredentialOfferEntity entity = new CredentialOfferEntity();
        entity.id = UUID.randomUUID().toString();
        entity.realmId = realmId;
        entity.customer = customer;
        entity.parameter = parameter;
        entity.offeredAt = now;
        entity.expiresAt = expires;
        em.persist(entity);
        em.flush();
    }

    /** The oldest that is still good. */
    public Optional<CredentialOffer> first(String customer, Instant now) {
        return em.createQuery(
                        "select new jp.sekisho.storage.offer.CredentialOffer(id, parameter) from CredentialOfferEntity"
                                + " where customer = :customer and expiresAt > :now order by offeredAt, id",
                        CredentialOffer.class)
                .setParameter("customer", customer)
                .setParameter("now", now)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** @return whether it waited for this customer until now */
    public boolean take(String customer, String id) {
        return em.createQuery("delete from CredentialOfferEntity where customer = :customer and id = :id")
                        .setParameter("customer", customer)
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }

    /** Deletes those that ended before an instant, a batch at a time. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteExpired(String realmId, Instant before, int limit) {
        return new Expiry("CredentialOfferEntity", "id", "expiresAt").delete(em, realmId, before, limit);
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from CredentialOfferEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from CredentialOfferEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
