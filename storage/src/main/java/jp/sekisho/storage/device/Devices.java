package jp.sekisho.storage.device;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.evidence.UserAgent;

/** Devices, and the trust of customers in them: separate rows, since several customers may share a browser. */
public final class Devices {

    private final EntityManager em;

    public Devices(EntityManager em) {
        this.em = em;
    }

    /** A device and one customer's trust in it, if he has any. */
    public record Sighting(Device device, Optional<Trust> trust) {}

    public void create(String realmId, String deviceId, String tokenHash, Instant now) {
        DeviceEntity entity = new DeviceEntity();
        entity.id = deviceId;
        entity.realmId = realmId;
        entity.tokenHash = tokenHash;
        entity.rotatedAt = now;
        entity.createdAt = now;
        em.persist(entity);
    }

    /**
     * Replaces the token that was presented.
     *
     * @return false when another request replaced it meanwhile: then the browser keeps what that one gave it
     */
    public boolean rotate(Device seen, String presentedHash, String newHash, Instant now) {
        return em.createQuery("""
                                update DeviceEntity set previousHash = :presented, tokenHash = :new, rotatedAt = :now,
                                presentedAt = null
                                where id = :id and tokenHash = :current and endedAt is null""")
                        .setParameter("presented", presentedHash)
                        .setParameter("new", newHash)
                        .setParameter("now", now)
                        .setParameter("id", seen.id())
                        .setParameter("current", seen.tokenHash())
                        .executeUpdate()
                == 1;
    }

    /** The current token came back: from now on the previous one belongs to nobody honest. */
    public void presented(Device seen, Instant now) {
        em.createQuery("""
                        update DeviceEntity set presentedAt = :now
                        where id = :id and tokenHash = :current and presentedAt is null""")
                .setParameter("now", now)
                .setParameter("id", seen.id())
                .setParameter("current", seen.tokenHash())
                .executeUpdate();
    }

    /**
     * Ends the trust of all customers in a family whose replaced token was used.
     *
     * @return those who trusted it, to be told; empty when it had ended before
     */
    public List<Trust> end(String deviceId, Instant now) {
        int ended = em.createQuery("update DeviceEntity set endedAt = :now where id = :id and endedAt is null")
                .setParameter("now", now)
                .setParameter("id", deviceId)
                .executeUpdate();
        if (ended == 0) {
            return List.of();
        }
        List<Trust> trusts = em.createQuery("from DeviceTrustEntity where deviceId = :id", DeviceTrustEntity.class)
                .setParameter("id", deviceId)
                .getResultStream()
                .map(Devices::toTrust)
                .toList();
        em.createQuery("delete from DeviceTrustEntity where deviceId = :id")
                .setParameter("id", deviceId)
                .executeUpdate();
        return trusts;
    }

    /** The customer was verified with a passkey or TOTP on the device and chose to be remembered. */
    public void trust(
            String realmId,
            String deviceId,
            String customer,
            String userId,
            UserAgent agent,
            Instant now,
            Instant until) {
        DeviceTrustEntity known = em.find(DeviceTrustEntity.class, new DeviceTrustEntity.Key(deviceId, customer));
        DeviceTrustEntity entity = known == null ? new DeviceTrustEntity() : known;
        if (known == null) {
            entity.deviceId = deviceId;
            entity.customer = customer;
            entity.userId = userId;
            entity.realmId = realmId;
            entity.firstSeenAt = now;
        }
        entity.lastSeenAt = now;
        entity.trustedUntil = until;
        entity.deviceType = agent.deviceType();
        entity.os = agent.os();
        entity.browser = agent.browser();
        entity.browserVersion = agent.majorVersion();
        if (known == null) {
            em.persist(entity);
        }
    }

    /** The customer came back on a device that he trusts. */
    public void seen(String deviceId, String customer, UserAgent agent, Instant now) {
        em.createQuery("""
                        update DeviceTrustEntity set lastSeenAt = :now, deviceType = :type, os = :os,
                        browser = :browser, browserVersion = :version
                        where deviceId = :device and customer = :customer""")
                .setParameter("now", now)
                .setParameter("type", agent.deviceType())
                .setParameter("os", agent.os())
                .setParameter("browser", agent.browser())
                .setParameter("version", agent.majorVersion())
                .setParameter("device", deviceId)
                .setParameter("customer", customer)
                .executeUpdate();
    }

    /** Deletes devices that nobody came on since an instant and nobody trusts any more, a batch at a time. */
    public int purge(String realmId, Instant notSeenSince, Instant now, int limit) {
        List<String> ids = em.createQuery("""
                        select id from DeviceEntity d where realmId = :realm and rotatedAt < :since
                        and not exists (select 1 from DeviceTrustEntity t
                        where t.deviceId = d.id and t.trustedUntil > :now)""", String.class)
                .setParameter("realm", realmId)
                .setParameter("since", notSeenSince)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultList();
        if (ids.isEmpty()) {
            return 0;
        }
        em.createQuery("delete from DeviceTrustEntity where deviceId in (:ids)")
                .setParameter("ids", ids)
                .executeUpdate();
        return em.createQuery("delete from DeviceEntity where id in (:ids)")
                .setParameter("ids", ids)
                .executeUpdate();
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from DeviceTrustEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from DeviceTrustEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
        em.createQuery("delete from DeviceEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    public static Device toDevice(DeviceEntity entity) {
        return new Device(
                entity.id,
                entity.realmId,
                entity.tokenHash,
                Optional.ofNullable(entity.previousHash),
                entity.rotatedAt,
                Optional.ofNullable(entity.presentedAt),
                Optional.ofNullable(entity.endedAt));
    }

    public static Trust toTrust(DeviceTrustEntity entity) {
        return new Trust(
                entity.deviceId,
                entity.customer,
                entity.userId,
                entity.firstSeenAt,
                entity.lastSeenAt,
                entity.trustedUntil,
                new UserAgent(entity.deviceType, entity.os, entity.browser, entity.browserVersion));
    }
}
