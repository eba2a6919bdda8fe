package jp.sekisho.storage.passkey;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.passkey.PasskeyFacts;

/** What Keycloak does not keep of passkeys: how and where they were enrolled, and until when they are provisional. */
public final class StoredPasskeys {

    private final EntityManager em;

    public StoredPasskeys(EntityManager em) {
        this.em = em;
    }

    /** Replaces the row where an authenticator made the same credential again. */
    public void put(StoredPasskey passkey) {
        PasskeyEntity entity = new PasskeyEntity();
        entity.customer = passkey.customer();
        entity.credential = passkey.facts().credential();
        entity.realmId = passkey.realmId();
        entity.userId = passkey.userId();
        entity.enrolledAt = passkey.enrolledAt();
        entity.deviceId = passkey.deviceId().orElse(null);
        entity.provisionalUntil = passkey.provisionalUntil().orElse(null);
        entity.aaguid = passkey.facts().aaguid();
        entity.userVerified = passkey.facts().userVerified();
        entity.backupEligible = passkey.facts().backupEligible();
        entity.backedUp = passkey.facts().backedUp();
        entity.origin = passkey.facts().origin();
        em.merge(entity);
        em.flush();
    }

    /** Oldest first. Who has passkeys of before this table was there has fewer rows than passkeys. */
    public List<StoredPasskey> of(String customer) {
        return em.createQuery("from PasskeyEntity where customer = :customer order by enrolledAt", PasskeyEntity.class)
                .setParameter("customer", customer)
                .getResultStream()
                .map(StoredPasskeys::toPasskey)
                .toList();
    }

    public void delete(String customer, String credential) {
        em.createQuery("delete from PasskeyEntity where customer = :customer and credential = :credential")
                .setParameter("customer", customer)
                .setParameter("credential", credential)
                .executeUpdate();
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from PasskeyEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from PasskeyEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private static StoredPasskey toPasskey(PasskeyEntity entity) {
        return new StoredPasskey(
                entity.realmId,
                entity.customer,
                entity.userId,
                new PasskeyFacts(
                        entity.credential,
                        entity.aaguid,
                        entity.userVerified,
                        entity.backupEligible,
                        entity.backedUp,
                        entity.origin),
                entity.enrolledAt,
                Optional.ofNullable(entity.deviceId),
                Optional.ofNullable(entity.provisionalUntil));
    }
}
