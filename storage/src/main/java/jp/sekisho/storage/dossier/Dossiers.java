package jp.sekisho.storage.dossier;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.counter.CounterEntity;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.device.DeviceEntity;
import jp.sekisho.storage.device.DeviceTrustEntity;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.device.Devices.Sighting;

/** Reads counters, device, trust, choice and the database's clock together: a login pays for one statement, not for five. */
public final class Dossiers {

    /** No device has it: what is asked for when no token came along. */
    private static final String NO_DEVICE = "";

    private final EntityManager em;

    public Dossiers(EntityManager em) {
        this.em = em;
    }

    /**
     * One statement. It stands on the row of the realm's key, which is there whenever a pseudonym is.
     *
     * @return empty where the realm has no key
     */
    public Optional<Dossier> find(String realmId, String customer, Optional<String> deviceId) {
        List<Object[]> rows = em.createQuery("""
                        select instant, d, t, p.wanted, c from RealmKeyEntity k
                        left join DeviceEntity d on d.id = :device and d.realmId = k.realmId
                        left join DeviceTrustEntity t on t.deviceId = d.id and t.customer = :customer
                        left join PreferenceEntity p on p.customer = :customer and p.notice = :login
                        left join CounterEntity c on c.customer = :customer
                        where k.realmId = :realm""", Object[].class)
                .setParameter("device", deviceId.orElse(NO_DEVICE))
                .setParameter("customer", customer)
                .setParameter("login", Notice.LOGIN.code())
                .setParameter("realm", realmId)
                .getResultList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Object[] first = rows.get(0);
        List<Counter> counters = new ArrayList<>(rows.size());
        for (Object[] row : rows) {
            if (row[4] instanceof CounterEntity counter) {
                counters.add(Counters.toCounter(counter));
            }
        }
        Optional<Sighting> sighting = Optional.ofNullable((DeviceEntity) first[1])
                .map(device -> new Sighting(
                        Devices.toDevice(device),
                        Optional.ofNullable((DeviceTrustEntity) first[2]).map(Devices::toTrust)));
        Instant now = ((Instant) first[0]).truncatedTo(ChronoUnit.MILLIS);
        Optional<Boolean> toldOfLogins = Optional.ofNullable((Boolean) first[3]);
        rows.forEach(this::forget);
        return Optional.of(new Dossier(now, counters, sighting, toldOfLogins));
    }

    /** So that the next reading in this transaction sees what others wrote meanwhile. */
    private void forget(Object[] row) {
        for (Object column : row) {
            if (column instanceof DeviceEntity
                    || column instanceof DeviceTrustEntity
                    || column instanceof CounterEntity) {
                em.detach(column);
            }
        }
    }
}
