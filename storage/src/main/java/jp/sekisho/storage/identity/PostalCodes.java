package jp.sekisho.storage.identity;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.retention.Expiry;
import jp.sekisho.storage.schema.Statements;

/** One-time codes on their way by post. Its use is a conditional statement whose row count decides (decision 8). */
// FFAJ-1.1-S2
public final class PostalCodes {

    private static final String COUNT_WRONG = """
            update {h-schema}SEKISHO_POSTAL_CODE set TRIES = TRIES + 1 where ID = ? and USED_AT is null""";

    private static final String USE = """
            update {h-schema}SEKISHO_POSTAL_CODE set USED_AT = ? where ID = ? and USED_AT is null""";

    private static final String ISSUE = """
            insert into {h-schema}SEKISHO_POSTAL_CODE
            (ID, REALM_ID, CUSTOMER, CODE_HASH, OFFICER, APPROVER, TRIES, ISSUED_AT, EXPIRES_AT, USED_AT)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    /** Each lost race means that somebody else made a code. */
    private static final int RACES = 5;

    private static final String OF = """
            select ID, CODE_HASH, OFFICER, APPROVER, TRIES, ISSUED_AT, EXPIRES_AT, USED_AT
            from {h-schema}SEKISHO_POSTAL_CODE where CUSTOMER = ?""";

    private final EntityManager em;

    public PostalCodes(EntityManager em) {
        this.em = em;
    }

    /** Takes the place of the customer's code before it, which ends, also of one that another officer makes at this moment. */
    public void issue(String realmId, String customer, PostalCode code) {
        for (int race = 0; race < RACES; race++) {
            deleteCustomer(customer);
            boolean issued = Statements.of(em)
                    .insertUnlessThere(
                            ISSUE,
                            values -> values.text(code.id())
                                    .text(realmId)
                                    .text(customer)
                                    .text(code.codeHash())
                                    .text(code.officer())
                                    .text(code.approver())
                                    .number(code.tries())
                                    .instant(code.issuedAt())
                                    .instant(code.expiresAt())
                                    .instant(code.usedAt()));
            if (issued) {
                return;
            }
        }
        throw new IllegalStateException("others make codes as fast");
    }

    public Optional<PostalCode> of(String customer) {
        return Statements.of(em)
                .select(
                        OF,
                        values -> values.text(customer),
                        row -> new PostalCode(
                                row.text(),
                                row.text(),
                                row.text(),
                                Optional.ofNullable(row.text()),
                                row.integer(),
                                row.instant(),
                                row.instant(),
                                Optional.ofNullable(row.instant())))
                .stream()
                .findFirst();
    }

    /** A wrong one was typed in its place: it is told, and uses up nothing. */
    public void countWrong(String id) {
        Statements.of(em).update(COUNT_WRONG, values -> values.text(id));
    }

    /** @return false for all but the first who uses it */
    public boolean use(String id, Instant now) {
        return Statements.of(em).update(USE, values -> values.instant(now).text(id)) == 1;
    }

    /** Deletes codes that expired before an instant, used or not, a batch at a time. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteExpired(String realmId, Instant before, int limit) {
        return new Expiry("PostalCodeEntity", "id", "expiresAt").delete(em, realmId, before, limit);
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from PostalCodeEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from PostalCodeEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
