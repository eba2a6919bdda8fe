package jp.sekisho.storage.key;

import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;

/** The secret of a realm's keyed hashes (pseudonyms of customers, of typed names). */
public final class RealmKeys {

    private static final int SECRET_BYTES = 32;

    private final EntityManager em;

    public RealmKeys(EntityManager em) {
        this.em = em;
    }

    public Optional<byte[]> find(String realmId) {
        return Optional.ofNullable(em.find(RealmKeyEntity.class, realmId))
                .map(entity -> HexFormat.of().parseHex(entity.secret));
    }

    /** Creates the realm's secret unless another node did; read it in a new transaction afterwards. */
    public void createIfAbsent(String realmId, SecureRandom random) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        em.createQuery("""
                        insert into RealmKeyEntity (realmId, secret) values (:realm, :secret)
                        on conflict do nothing""")
                .setParameter("realm", realmId)
                .setParameter("secret", HexFormat.of().formatHex(secret))
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from RealmKeyEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
