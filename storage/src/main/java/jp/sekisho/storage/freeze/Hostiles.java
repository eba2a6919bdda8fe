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

    private static final String DEVICE = "device:";

    private static final String SOURCE = "source:";

    private static final String MARK = """
            insert into {h-schema}SEKISHO_HOSTILE (CUSTOMER, MARK, REALM_ID, MARKED_AT, CONFIRMED_AT)
            values (?, ?, ?, ?, ?)""";

    private static final String AGAIN = """
            update {h-schema}SEKISHO_HOSTILE set MARKED_AT = ?, CONFIRMED_AT = coalesce(?, CONFIRMED_AT)
            where CUSTOMER = ? and MARK = ?""";

    private final EntityManager em;

    public Hostiles(EntityManager em) {
        this.em = em;
    }

    public static String device(String deviceId) {
        return DEVICE + deviceId;
    }

    /** @param source an IPv4 address or an IPv6 /64 */
    public static String source(String source) {
        return SOURCE + source;
    }

    /**
     * Marks, or marks anew.
     *
     * @param confirmed false where whoever said so may be who took over a session
     */
    public void mark(String realmId, String customer, String mark, Instant now, boolean confirmed) {
        Optional<Instant> confirmedAt = Optional.of(now).filter(at -> confirmed);
        boolean marked = Statements.of(em)
                .insertUnlessThere(
                        MARK,
                        values -> values.text(customer)
                                .text(mark)
                                .text(realmId)
                                .instant(now)
                                .instant(confirmedAt));
        if (!marked) {
            Statements.of(em)
                    .update(
                            AGAIN,
                            values -> values.instant(now)
                                    .instant(confirmedAt)
                                    .text(customer)
                                    .text(mark));
        }
    }

    /**
     * Takes back what nobody confirmed: the mark, or that it was set anew.
     *
     * @return whether there was anything to take back
     */
    public boolean doubt(String customer, String mark) {
        return change("delete from HostileEntity where confirmedAt is null and", customer, mark)
                || change("update HostileEntity set at = confirmedAt where confirmedAt < at and", customer, mark);
    }

    /** @return whether there was such a mark */
    private boolean change(String change, String customer, String mark) {
        return em.createQuery(change + " customer = :customer and mark = :mark")
                        .setParameter("customer", customer)
                        .setParameter("mark", mark)
                        .executeUpdate()
                == 1;
    }

    /** When the customer disowned the source last. */
    public Optional<Instant> source(String customer, String source) {
        return Optional.ofNullable(em.find(HostileEntity.class, new HostileEntity.Key(customer, source(source))))
                .map(mark -> mark.at);
    }

    /**
     * A mark of the customer's.
     *
     * @param mark {@code device:} and its id, or {@code source:} and an IPv4 address or IPv6 /64
     * @param confirmed whether who had just shown himself, or an officer, ever said so
     */
    public record Mark(String mark, Instant at, boolean confirmed) {}

    /** Newest first. */
    public List<Mark> of(String customer) {
        return em.createQuery(
                        "from HostileEntity where customer = :customer order by at desc, mark", HostileEntity.class)
                .setParameter("customer", customer)
                .getResultStream()
                .map(entity -> new Mark(entity.mark, entity.at, entity.confirmedAt != null))
                .toList();
    }

    /** @return whether it was marked */
    public boolean lift(String customer, String mark) {
        return change("delete from HostileEntity where", customer, mark);
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
