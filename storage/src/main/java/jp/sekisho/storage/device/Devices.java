package jp.sekisho.storage.device;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.schema.Day;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;
import jp.sekisho.storage.schema.Statements.Binding;
import jp.sekisho.storage.schema.Statements.Change;

/** Devices, and the trust of customers in them: separate rows, since several customers may share a browser. */
public final class Devices {

    /** What {@link #read} reads, of the tables as {@code d} and {@code t}. */
    public static final String COLUMNS =
            "d.ID, d.REALM_ID, d.TOKEN_HASH, d.PREVIOUS_HASH, d.ROTATED_AT, d.PRESENTED_AT,"
                    + " d.ENDED_AT, t.CUSTOMER, t.USER_ID, t.FIRST_SEEN_AT, t.LAST_SEEN_AT, t.TRUSTED_UNTIL, t.DEVICE_TYPE, t.OS,"
                    + " t.BROWSER, t.BROWSER_VERSION";

    private static final String ROTATE = """
            update {h-schema}SEKISHO_DEVICE set
            PREVIOUS_HASH = ?, TOKEN_HASH = ?, ROTATED_AT = ?, ROTATED_ON = ?, PRESENTED_AT = null
            where ID = ? and TOKEN_HASH = ? and ENDED_AT is null""";

    private static final String TRUST = """
            insert into {h-schema}SEKISHO_DEVICE_TRUST
            (LAST_SEEN_AT, TRUSTED_UNTIL, DEVICE_TYPE, OS, BROWSER, BROWSER_VERSION, LAST_COUNTRY, LAST_CITY, DEVICE_ID,
             CUSTOMER, USER_ID, REALM_ID, FIRST_SEEN_AT, FIRST_COUNTRY, FIRST_CITY)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String TRUST_AGAIN = """
            update {h-schema}SEKISHO_DEVICE_TRUST set
            LAST_SEEN_AT = ?, TRUSTED_UNTIL = ?, DEVICE_TYPE = ?, OS = ?, BROWSER = ?, BROWSER_VERSION = ?, LAST_COUNTRY = ?,
            LAST_CITY = ? where DEVICE_ID = ? and CUSTOMER = ?""";

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
        entity.rotatedOn = Day.of(now);
        entity.createdAt = now;
        em.persist(entity);
        em.flush();
    }

    /** Replaces the token that was presented; changes no row where another request replaced it meanwhile: then the browser keeps what that one gave it. */
    public static Change rotation(Device seen, String presentedHash, String newHash, Instant now) {
        return new Change(
                ROTATE,
                values -> values.text(presentedHash)
                        .text(newHash)
                        .instant(now)
                        .day(now)
                        .text(seen.id())
                        .text(seen.tokenHash()));
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

    /**
     * The customer was verified with a passkey or TOTP on the device and chose to be remembered.
     *
     * @param place where he was, as far as it is known
     */
    public void trust(
            String realmId,
            String deviceId,
            String customer,
            String userId,
            UserAgent agent,
            Optional<Place> place,
            Instant now,
            Instant until) {
        Optional<String> country = place.map(Place::country);
        Optional<String> city = place.flatMap(Place::city);
        Binding lasting = values -> values.instant(now)
                .instant(until)
                .text(agent.deviceType())
                .text(agent.os())
                .text(agent.browser())
                .text(agent.majorVersion())
                .text(country)
                .text(city)
                .text(deviceId)
                .text(customer);
        boolean first = Statements.of(em).insertUnlessThere(TRUST, values -> {
            lasting.bind(values);
            values.text(userId).text(realmId).instant(now).text(country).text(city);
        });
        if (!first) {
            Statements.of(em).update(TRUST_AGAIN, lasting);
        }
    }

    /** One customer trusts a device no more. */
    public void distrust(String deviceId, String customer) {
        em.createQuery("delete from DeviceTrustEntity where deviceId = :device and customer = :customer")
                .setParameter("device", deviceId)
                .setParameter("customer", customer)
                .executeUpdate();
    }

    /** The customer came back on a device that he trusts. */
    public void seen(String deviceId, String customer, UserAgent agent, Optional<Place> place, Instant now) {
        em.createQuery("""
                        update DeviceTrustEntity set lastSeenAt = :now, deviceType = :type, os = :os,
                        browser = :browser, browserVersion = :version, lastCountry = :country, lastCity = :city
                        where deviceId = :device and customer = :customer""")
                .setParameter("now", now)
                .setParameter("type", agent.deviceType())
                .setParameter("os", agent.os())
                .setParameter("browser", agent.browser())
                .setParameter("version", agent.majorVersion())
                .setParameter("country", place.map(Place::country).orElse(null))
                .setParameter("city", place.flatMap(Place::city).orElse(null))
                .setParameter("device", deviceId)
                .setParameter("customer", customer)
                .executeUpdate();
    }

    /** The devices that a customer is remembered on, the one seen last first. */
    public List<Remembered> remembered(String customer, Instant now) {
        return em.createQuery("""
                        from DeviceTrustEntity where customer = :customer and trustedUntil > :now
                        order by lastSeenAt desc, deviceId""", DeviceTrustEntity.class)
                .setParameter("customer", customer)
                .setParameter("now", now)
                .getResultStream()
                .map(entity -> new Remembered(
                        toTrust(entity),
                        Optional.ofNullable(entity.name),
                        place(entity.firstCountry, entity.firstCity),
                        place(entity.lastCountry, entity.lastCity)))
                .toList();
    }

    /** @return whether the customer is remembered there */
    public boolean rename(String deviceId, String customer, String name) {
        return em.createQuery("""
                                update DeviceTrustEntity set name = :name
                                where deviceId = :device and customer = :customer""")
                        .setParameter("name", name)
                        .setParameter("device", deviceId)
                        .setParameter("customer", customer)
                        .executeUpdate()
                == 1;
    }

    /**
     * Ends a customer's trust in one device; others who share the browser keep theirs.
     *
     * @return whether he was remembered there
     */
    public boolean forget(String deviceId, String customer) {
        return em.createQuery("delete from DeviceTrustEntity where deviceId = :device and customer = :customer")
                        .setParameter("device", deviceId)
                        .setParameter("customer", customer)
                        .executeUpdate()
                == 1;
    }

    /** Deletes devices that nobody came on since an instant and nobody trusts any more, a batch at a time. */
    // FFAJ-2.2-S3
    public Optional<Deleted> purge(String realmId, Instant notSeenSince, Instant now, int limit) {
        List<Object[]> stale = em.createQuery("""
                        select id, rotatedAt from DeviceEntity d where realmId = :realm and rotatedOn <= :day and rotatedAt < :since
                        and not exists (select 1 from DeviceTrustEntity t
                        where t.deviceId = d.id and t.trustedUntil > :now)""", Object[].class)
                .setParameter("realm", realmId)
                .setParameter("day", Day.of(notSeenSince))
                .setParameter("since", notSeenSince)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultList();
        if (stale.isEmpty()) {
            return Optional.empty();
        }
        List<Object> ids = stale.stream().map(row -> row[0]).toList();
        em.createQuery("delete from DeviceTrustEntity where deviceId in (:ids)")
                .setParameter("ids", ids)
                .executeUpdate();
        int rows = em.createQuery("delete from DeviceEntity where id in (:ids)")
                .setParameter("ids", ids)
                .executeUpdate();
        return Deleted.of(rows, stale);
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

    /** Of a row that goes on with {@link #COLUMNS}, all of which it reads; empty where an outer join found no device. */
    public static Optional<Sighting> read(Row row) throws SQLException {
        Device device = new Device(
                row.text(),
                row.text(),
                row.text(),
                Optional.ofNullable(row.text()),
                row.instant(),
                Optional.ofNullable(row.instant()),
                Optional.ofNullable(row.instant()));
        Trust trust = new Trust(
                device.id(),
                row.text(),
                row.text(),
                row.instant(),
                row.instant(),
                row.instant(),
                new UserAgent(row.text(), row.text(), row.text(), row.text()));
        return device.id() == null
                ? Optional.empty()
                : Optional.of(new Sighting(device, Optional.of(trust).filter(known -> known.customer() != null)));
    }

    private static Optional<Place> place(String country, String city) {
        return Optional.ofNullable(country).map(known -> new Place(known, Optional.ofNullable(city), Optional.empty()));
    }

    private static Trust toTrust(DeviceTrustEntity entity) {
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
