package jp.sekisho.storage.freeze;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.retention.Expiry;
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

    private static final String AGAIN = """
            update {h-schema}SEKISHO_HOSTILE set MARKED_AT = ? where CUSTOMER = ? and MARK = ?""";

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
        boolean marked = Statements.of(em)
                .insertUnlessThere(
                        MARK,
                        values -> values.text(customer).text(mark).text(realmId).instant(now));
        if (!marked) {
            Statements.of(em)
                    .update(AGAIN, values -> values.instant(now).text(customer).text(mark));
        }
    }

    /** When the customer disowned the source last. */
    public Optional<Instant> source(String customer, String source) {
        return Optional.ofNullable(em.find(HostileEntity.class, new HostileEntity.Key(customer, SOURCE + source)))
                .map(mark -> mark.at);
    }

    /**
     * A mark of the customer's.
     *
     * @param mark {@code device:} and its id, or {@code source:} and an IPv4 address or IPv6 /64
     */
    public record Mark(String mark, Instant at) {}

    /** Newest first. */
    public List<Mark> of(String customer) {
        return em.createQuery(
                        "from HostileEntity where customer = :customer order by at desc, mark", HostileEntity.class)
                .setParameter("customer", customer)
                .getResultStream()
                .map(entity -> new Mark(entity.mark, entity.at))
                .toList();
    }

    /** @return whether it was marked */
    public boolean lift(String customer, String mark) {
        return em.createQuery("delete from HostileEntity where customer = :customer and mark = :mark")
                        .setParameter("customer", customer)
                        .setParameter("mark", mark)
                        .executeUpdate()
                == 1;
    }

    /** Deletes what was marked before an instant, a batch at a time. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteMarked(String realmId, Instant before, int limit) {
        return new Expiry("HostileEntity", "concat(customer, ' ', mark)", "at").delete(em, realmId, before, limit);
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
