package jp.sekisho.storage.mailaddress;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.retention.Expiry;
import jp.sekisho.storage.schema.Statements;

/** Where customers' notices go besides the address that each has. */
public final class MailAddresses {

    private static final String PUT = """
            insert into {h-schema}SEKISHO_NOTICE_ADDRESS (ID, REALM_ID, CUSTOMER, ADDRESS, KIND, VERIFIED_AT)
            values (?, ?, ?, ?, ?, ?)""";

    private final EntityManager em;

    public MailAddresses(EntityManager em) {
        this.em = em;
    }

    /** Those that are known now, oldest first. */
    public List<MailAddress> of(String customer, Instant now) {
        return of(List.of(customer), now).getOrDefault(customer, List.of());
    }

    /** The same of many, by customer. One statement. */
    public Map<String, List<MailAddress>> of(Collection<String> customers, Instant now) {
        return em.createQuery("""
                        from MailAddressEntity where customer in (:customers)
                        and (validUntil is null or validUntil > :now) order by verifiedAt, id""", MailAddressEntity.class)
                .setParameter("customers", customers)
                .setParameter("now", now)
                .getResultStream()
                .collect(Collectors.groupingBy(
                        entity -> entity.customer, Collectors.mapping(MailAddresses::value, Collectors.toList())));
    }

    public void add(String realmId, String customer, MailAddress address) {
        MailAddressEntity entity = new MailAddressEntity();
        entity.id = address.id();
        entity.realmId = realmId;
        entity.customer = customer;
        entity.address = address.address();
        entity.kind = address.kind();
        entity.verifiedAt = address.verifiedAt();
        entity.validUntil = address.validUntil().orElse(null);
        em.persist(entity);
        em.flush();
    }

    /**
     * Ends one that the customer keeps.
     *
     * @return false where there is none
     */
    public boolean end(String customer, String id, Instant until) {
        return em.createQuery("""
                        update MailAddressEntity set validUntil = :until
                        where id = :id and customer = :customer and validUntil is null""")
                        .setParameter("until", until)
                        .setParameter("id", id)
                        .setParameter("customer", customer)
                        .executeUpdate()
                > 0;
    }

    /** Deletes those whose time was up before an instant, a batch at a time. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteExpired(String realmId, Instant before, int limit) {
        return new Expiry("MailAddressEntity", "id", "validUntil").delete(em, realmId, before, limit);
    }

    /**
     * Another address in one's place.
     *
     * @param before as it is stored
     * @return false where it is not that one any more
     */
    public boolean replace(String customer, MailAddress address, String before) {
        return em.createQuery("""
                        update MailAddressEntity set address = :address, verifiedAt = :at
                        where id = :id and customer = :customer and address = :before""")
                        .setParameter("address", address.address())
                        .setParameter("at", address.verifiedAt())
                        .setParameter("id", address.id())
                        .setParameter("customer", customer)
                        .setParameter("before", before)
                        .executeUpdate()
                > 0;
    }

    /** One that has no end, unless one with its id is there. */
    public boolean addUnlessThere(String realmId, String customer, MailAddress address) {
        return Statements.of(em)
                .insertUnlessThere(
                        PUT,
                        values -> values.text(address.id())
                                .text(realmId)
                                .text(customer)
                                .text(address.address())
                                .text(address.kind().name())
                                .instant(address.verifiedAt()));
    }

    /**
     * It gets nothing from now on.
     *
     * @return false where there is none
     */
    public boolean delete(String customer, String id) {
        return em.createQuery("delete from MailAddressEntity where id = :id and customer = :customer")
                        .setParameter("id", id)
                        .setParameter("customer", customer)
                        .executeUpdate()
                > 0;
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from MailAddressEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from MailAddressEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private static MailAddress value(MailAddressEntity entity) {
        return new MailAddress(
                entity.id, entity.address, entity.kind, entity.verifiedAt, Optional.ofNullable(entity.validUntil));
    }
}
