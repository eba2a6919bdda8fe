package jp.sekisho.storage.freeze;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import jp.sekisho.storage.schema.Statements;

/**
 * Devices and sources that a customer disowned, for him only: a stolen session must not be able to blacklist a carrier's
 * network.
 */
public final class Hostiles {

    /** Of a device, the mark in SQL is this and its id. */
    public static final String DEVICE = "device:";

    private static final String SOURCE = "source:";

    private static final String MARK = """
            insert into {h-schema}SEKISHO_HOSTILE (CUSTOMER, MARK, REALM_ID, MARKED_AT) values (?, ?, ?, ?)""";

    private final EntityManager em;

    public Hostiles(EntityManager em) {
        this.em = em;
    }

    public void markDevice(String realmId, String customer, String deviceId, Instant now) {
        mark(realmId, customer, DEVICE + deviceId, now);
    }

    /** @param source an IPv4 address or an IPv6 /64 */
    public void markSource(String realmId, String customer, String source, Instant now) {
        mark(realmId, customer, SOURCE + source, now);
    }

    private void mark(String realmId, String customer, String mark, Instant now) {
        Statements.of(em)
                .insertUnlessThere(
                        MARK,
                        values -> values.text(customer).text(mark).text(realmId).instant(now));
    }

    public boolean source(String customer, String source) {
        return em.find(HostileEntity.class, new HostileEntity.Key(customer, SOURCE + source)) != null;
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from HostileEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from HostileEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
