package jp.sekisho.storage.interim;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.interim.AlternativeMfa;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.retention.Expiry;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;

/** Customers' exemptions from passkeys, one each, and one proposal each. What two do at once, one of them does. */
// JP25-5
public final class Exemptions {

    private static final String PROPOSE = """
            insert into {h-schema}SEKISHO_EXEMPTION_PROPOSAL (CUSTOMER, REALM_ID, USER_ID, ID, REASON, ALTERNATIVE_MFA,
            TEXT_VERSION, PROPOSED_BY, PROPOSED_AT, EXPIRES_AT) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String PROPOSAL = """
            select ID, REASON, ALTERNATIVE_MFA, TEXT_VERSION, PROPOSED_BY, PROPOSED_AT, EXPIRES_AT
            from {h-schema}SEKISHO_EXEMPTION_PROPOSAL where CUSTOMER = ?""";
    private static final String TAKE = "delete from {h-schema}SEKISHO_EXEMPTION_PROPOSAL where CUSTOMER = ? and ID = ?";
    private static final String TAKE_FOR_ANOTHER = TAKE + " and PROPOSED_BY <> ?";
    private static final String FORGET = "delete from {h-schema}SEKISHO_EXEMPTION where CUSTOMER = ?";
    private static final String GRANT = """
            insert into {h-schema}SEKISHO_EXEMPTION (CUSTOMER, REALM_ID, USER_ID, ID, REASON, ALTERNATIVE_MFA,
            TEXT_VERSION, PROPOSED_BY, PROPOSED_AT, EXPIRES_AT, APPROVED_BY, APPROVED_AT)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
    private static final String GRANTED = """
            select ID, REASON, ALTERNATIVE_MFA, TEXT_VERSION, PROPOSED_BY, PROPOSED_AT, EXPIRES_AT, APPROVED_BY,
            APPROVED_AT, ENDED_AT from {h-schema}SEKISHO_EXEMPTION where CUSTOMER = ?""";
    private static final String END = """
            update {h-schema}SEKISHO_EXEMPTION set ENDED_AT = ?
            where CUSTOMER = ? and ID = ? and ENDED_AT is null and EXPIRES_AT > ?""";
    private static final String EXPIRED = """
            select ID, CUSTOMER, USER_ID, EXPIRES_AT from {h-schema}SEKISHO_EXEMPTION
            where REALM_ID = ? and ENDED_AT is null and EXPIRES_AT <= ? order by EXPIRES_AT fetch first 100 rows only""";
    private static final String EXPIRE = """
            update {h-schema}SEKISHO_EXEMPTION set ENDED_AT = EXPIRES_AT
            where CUSTOMER = ? and ID = ? and ENDED_AT is null and EXPIRES_AT <= ?""";
    private static final String OPEN = """
            select count(*) from {h-schema}SEKISHO_EXEMPTION where REALM_ID = ? and ENDED_AT is null and EXPIRES_AT > ?""";
    private static final String PROPOSED =
            "select count(*) from {h-schema}SEKISHO_EXEMPTION_PROPOSAL where REALM_ID = ?";

    private final EntityManager em;
    private final Statements statements;

    public Exemptions(EntityManager em) {
        this.em = em;
        this.statements = Statements.of(em);
    }

    /** @return false where one waits already */
    public boolean propose(String realmId, String customer, String userId, Proposal proposal) {
        return statements.insertUnlessThere(
                PROPOSE,
                values -> values.text(customer)
                        .text(realmId)
                        .text(userId)
                        .text(proposal.id())
                        .text(proposal.reason())
                        .text(proposal.alternativeMfa().name())
                        .text(proposal.textVersion())
                        .text(proposal.proposedBy())
                        .instant(proposal.proposedAt())
                        .instant(proposal.expires()));
    }

    public Optional<Proposal> proposal(String customer) {
        return statements.select(PROPOSAL, values -> values.text(customer), Exemptions::readProposal).stream()
                .findFirst();
    }

    /** @return whether the proposal waited */
    public boolean withdraw(String customer, String id) {
        return statements.update(TAKE, values -> values.text(customer).text(id)) == 1;
    }

    /**
     * Makes a proposal an exemption, instead of the one that the customer had.
     *
     * @return whether the proposal waited, and was another officer's
     */
    public boolean approve(
            String realmId, String customer, String userId, Proposal proposal, String approver, Instant now) {
        boolean taken = statements.update(
                        TAKE_FOR_ANOTHER,
                        values -> values.text(customer).text(proposal.id()).text(approver))
                == 1;
        if (taken) {
            statements.update(FORGET, values -> values.text(customer));
            statements.update(
                    GRANT,
                    values -> values.text(customer)
                            .text(realmId)
                            .text(userId)
                            .text(proposal.id())
                            .text(proposal.reason())
                            .text(proposal.alternativeMfa().name())
                            .text(proposal.textVersion())
                            .text(proposal.proposedBy())
                            .instant(proposal.proposedAt())
                            .instant(proposal.expires())
                            .text(approver)
                            .instant(now));
        }
        return taken;
    }

    /** The last one, ended or not. */
    public Optional<Grant> granted(String customer) {
        return statements
                .select(
                        GRANTED,
                        values -> values.text(customer),
                        row -> new Grant(
                                readProposal(row), row.text(), row.instant(), Optional.ofNullable(row.instant())))
                .stream()
                .findFirst();
    }

    /** @return whether it went on until now */
    public boolean end(String customer, String id, Instant now) {
        return statements.update(
                        END,
                        values -> values.instant(now).text(customer).text(id).instant(now))
                == 1;
    }

    /** An exemption that came to its end by itself. */
    public record Expired(String id, String customer, String userId, Instant at) {}

    /** Those whose end is not recorded yet, the oldest hundred. */
    public List<Expired> expired(String realmId, Instant now) {
        return statements.select(
                EXPIRED,
                values -> values.text(realmId).instant(now),
                row -> new Expired(row.text(), row.text(), row.text(), row.instant()));
    }

    /** @return whether this caller is the one who records its end */
    public boolean expire(Expired expired, Instant now) {
        return statements.update(
                        EXPIRE,
                        values -> values.text(expired.customer())
                                .text(expired.id())
                                .instant(now))
                == 1;
    }

    /** How many customers are exempt now. */
    public long open(String realmId, Instant now) {
        return statements
                .select(OPEN, values -> values.text(realmId).instant(now), Row::number)
                .get(0);
    }

    /** How many proposals wait. */
    public long proposed(String realmId) {
        return statements
                .select(PROPOSED, values -> values.text(realmId), Row::number)
                .get(0);
    }

    /** Deletes those whose end was recorded before an instant, a batch at a time. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteEnded(String realmId, Instant before, int limit) {
        return new Expiry("ExemptionEntity", "customer", "endedAt").delete(em, realmId, before, limit);
    }

    /** Deletes proposals of what would have ended before an instant, had it been granted. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteStale(String realmId, Instant before, int limit) {
        return new Expiry("ExemptionProposalEntity", "customer", "expiresAt").delete(em, realmId, before, limit);
    }

    public void deleteCustomer(String customer) {
        delete("where customer = :value", customer);
    }

    public void deleteRealm(String realmId) {
        delete("where realmId = :value", realmId);
    }

    private void delete(String condition, String value) {
        for (String entity : List.of("ExemptionEntity", "ExemptionProposalEntity")) {
            em.createQuery("delete from " + entity + ' ' + condition)
                    .setParameter("value", value)
                    .executeUpdate();
        }
    }

    private static Proposal readProposal(Row row) throws SQLException {
        return new Proposal(
                row.text(),
                row.text(),
                AlternativeMfa.valueOf(row.text()),
                row.text(),
                row.text(),
                row.instant(),
                row.instant());
    }
}
