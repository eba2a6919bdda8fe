package jp.sekisho.storage.preference;

import jakarta.persistence.EntityManager;
import java.util.Optional;

/** What a customer chose to be told. */
public final class Preferences {

    private final EntityManager em;

    public Preferences(EntityManager em) {
        this.em = em;
    }

    /** Empty where the customer never chose. */
    public Optional<Boolean> wants(String customer, String notice) {
        return Optional.ofNullable(em.find(PreferenceEntity.class, new PreferenceEntity.Key(customer, notice)))
                .map(entity -> entity.wanted);
    }

    public void choose(String realmId, String customer, String notice, boolean wanted) {
        PreferenceEntity entity = new PreferenceEntity();
        entity.customer = customer;
        entity.notice = notice;
        entity.realmId = realmId;
        entity.wanted = wanted;
        em.merge(entity);
        em.flush();
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from PreferenceEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from PreferenceEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
