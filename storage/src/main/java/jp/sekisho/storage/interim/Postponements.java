package jp.sekisho.storage.interim;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.retention.Expiry;
import jp.sekisho.storage.schema.Statements;

/** Counts how often customers put off registering a passkey. */
// JP25-4
public final class Postponements {

    private static final String FIRST =
            "insert into {h-schema}SEKISHO_POSTPONEMENT (CUSTOMER, REALM_ID, USED, LAST_AT) values (?, ?, 1, ?)";
    private static final String NEXT = """
            update {h-schema}SEKISHO_POSTPONEMENT set USED = USED + 1, LAST_AT = ? where CUSTOMER = ? and USED < ?""";

    private final EntityManager em;

    public Postponements(EntityManager em) {
        this.em = em;
    }

    /** @return whether there was one left of so many; however many ask at once, no more get one */
    public boolean use(String realmId, String customer, int of, Instant now) {
        Statements statements = Statements.of(em);
        return of > 0
                && (statements.insertUnlessThere(
                                FIRST,
                                values -> values.text(customer).text(realmId).instant(now))
                        || statements.update(
                                        NEXT,
                                        values -> values.instant(now)
                                                .text(customer)
                                                .number(of))
                                == 1);
    }

    /** Deletes the counts of who last put it off before an instant, a batch at a time. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteUnused(String realmId, Instant before, int limit) {
        return new Expiry("PostponementEntity", "customer", "lastAt").delete(em, realmId, before, limit);
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from PostponementEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from PostponementEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
