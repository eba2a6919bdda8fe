package jp.sekisho.storage.key;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

/** The secret of a realm's keyed hashes (pseudonyms of customers, of typed names), as it is stored: sealed, or in clear. */
public final class RealmKeys {

    private final EntityManager em;

    public RealmKeys(EntityManager em) {
        this.em = em;
    }

    public Optional<String> find(String realmId) {
        return Optional.ofNullable(em.find(RealmKeyEntity.class, realmId)).map(entity -> entity.secret);
    }

    /** Ids of the realms that have one: of all for which anything personal is kept. */
    public List<String> realms() {
        return em.createQuery("select realmId from RealmKeyEntity order by realmId", String.class)
                .getResultList();
    }

    /** The realm's secret unless another node was faster; read it in a new transaction afterwards. */
    public void createIfAbsent(String realmId, String secret) {
        em.createQuery("""
                        insert into RealmKeyEntity (realmId, secret) values (:realm, :secret)
                        on conflict do nothing""")
                .setParameter("realm", realmId)
                .setParameter("secret", secret)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from RealmKeyEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
