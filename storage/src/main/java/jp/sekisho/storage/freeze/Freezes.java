package jp.sekisho.storage.freeze;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.freeze.Freeze.Approval;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.freeze.Freeze.Proposal;
import jp.sekisho.policies.freeze.Rebind;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.retention.Expiry;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;

/** Freezes: the row is the truth, whatever becomes of Keycloak's user. */
// JP25-8
public final class Freezes {

    /** What {@link #read} reads, of the table as {@code f}. */
    public static final String COLUMNS =
            "f.ID, f.OPERATION, f.FROZEN_BY, f.FROZEN_AT, f.PROPOSED_BY, f.PROPOSED_AT, f.IDENTITY_RECORD,"
                    + " f.APPROVED_BY, f.APPROVED_AT, f.REBIND, f.WAS_DISABLED";

    private static final String ALL = "ALL";

    private static final String PUT = """
            insert into {h-schema}SEKISHO_FREEZE
            (ID, REALM_ID, CUSTOMER, USER_ID, OPERATION, SLOT, FROZEN_BY, REASON, FROZEN_AT, NEXT_AT, WAS_DISABLED)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String RENEW = """
            update {h-schema}SEKISHO_FREEZE set FROZEN_BY = ?, REASON = ?, FROZEN_AT = ?, NEXT_AT = ?
            where CUSTOMER = ? and SLOT = ?""";

    private static final String WITHDRAW = """
            update {h-schema}SEKISHO_FREEZE set PROPOSED_BY = null, PROPOSED_AT = null, IDENTITY_RECORD = null,
            APPROVED_BY = null, APPROVED_AT = null, REBIND = null
            where CUSTOMER = ? and THAWED_AT is null and PROPOSED_BY is not null""";

    /** In one order, so that no two of them wait for each other. */
    private static final String HOLD = """
            select ID from {h-schema}SEKISHO_FREEZE where CUSTOMER = ? and THAWED_AT is null order by ID for update""";

    /** Each lost race means that another one froze or thawed. */
    private static final int RACES = 5;

    private static final String OF = "select " + COLUMNS + """
             from {h-schema}SEKISHO_FREEZE f where f.CUSTOMER = ? and f.THAWED_AT is null
            order by f.FROZEN_AT, f.ID""";

    private final EntityManager em;

    public Freezes(EntityManager em) {
        this.em = em;
    }

    /**
     * Freezes. What is frozen already is from now on frozen since now: no identity record from before ends it.
     *
     * @param customer pseudonym
     * @param operation empty for all
     * @param disabledBefore whether somebody else had disabled the user; of what is frozen already that stays as it was
     * @return whether a thaw was under way, of this or of anything else that is frozen: it has to begin anew
     */
    public boolean put(
            String realmId,
            String customer,
            String userId,
            Optional<Operation> operation,
            By by,
            String reason,
            boolean disabledBefore,
            Instant now) {
        String slot = operation.map(Operation::name).orElse(ALL);
        Optional<Instant> due =
                operation.isEmpty() || operation.get() == Operation.LOGIN ? Optional.of(now) : Optional.empty();
        boolean underWay = withdraw(customer);
        for (int race = 0; race < RACES; race++) {
            boolean inserted = Statements.of(em)
                    .insertUnlessThere(
                            PUT,
                            values -> values.text(UUID.randomUUID().toString())
                                    .text(realmId)
                                    .text(customer)
                                    .text(userId)
                                    .text(slot)
                                    .text(slot)
                                    .text(by.name())
                                    .text(reason)
                                    .instant(now)
                                    .instant(due)
                                    .flag(disabledBefore));
            if (inserted || renew(customer, slot, by, reason, now, due)) {
                return underWay;
            }
        }
        throw new IllegalStateException("others thaw as fast as it is frozen");
    }

    /** Also what somebody proposes at this moment: its row does not say so yet. */
    private boolean withdraw(String customer) {
        hold(customer);
        return Statements.of(em).update(WITHDRAW, values -> values.text(customer)) > 0;
    }

    private void hold(String customer) {
        Statements.of(em).select(HOLD, values -> values.text(customer), Row::text);
    }

    private boolean renew(String customer, String slot, By by, String reason, Instant now, Optional<Instant> due) {
        return Statements.of(em)
                        .update(
                                RENEW,
                                values -> values.text(by.name())
                                        .text(reason)
                                        .instant(now)
                                        .instant(due)
                                        .text(customer)
                                        .text(slot))
                == 1;
    }

    /** Those of a customer that last, oldest first. One indexed statement. */
    public List<Freeze> of(String customer) {
        return Statements.of(em)
                .select(OF, values -> values.text(customer), row -> read(row).orElseThrow());
    }

    /**
     * The same for who goes on to propose or approve their end, or to bring about what they entail: until that is committed
     * nobody else freezes or thaws the customer.
     */
    public List<Freeze> held(String customer) {
        hold(customer);
        return of(customer);
    }

    /** Proposes the end of a freeze; an earlier proposal is forgotten. @return false where it ended or was renewed meanwhile */
    public boolean propose(Freeze freeze, Proposal proposal) {
        return em.createQuery("""
                                update FreezeEntity set proposedBy = :officer, proposedAt = :at, identityRecord = :record,
                                approvedBy = null, approvedAt = null, rebind = null
                                where id = :id and thawedAt is null and at = :seen""")
                        .setParameter("officer", proposal.officer())
                        .setParameter("at", proposal.at())
                        .setParameter("record", proposal.identityRecord())
                        .setParameter("id", freeze.id())
                        .setParameter("seen", freeze.at())
                        .executeUpdate()
                == 1;
    }

    /** Approves what was proposed: it refuses until {@link #thaw}. @return false where that very proposal does not stand any more */
    public boolean approve(Freeze freeze, Approval approval) {
        Proposal proposal = freeze.proposal().orElseThrow();
        return em.createQuery("""
                                update FreezeEntity set approvedBy = :approver, approvedAt = :now, rebind = :rebind
                                where id = :id and thawedAt is null and proposedBy = :officer and proposedAt = :at""")
                        .setParameter("approver", approval.officer())
                        .setParameter("now", approval.at())
                        .setParameter("rebind", approval.rebind().name())
                        .setParameter("id", freeze.id())
                        .setParameter("officer", proposal.officer())
                        .setParameter("at", proposal.at())
                        .executeUpdate()
                == 1;
    }

    /** Ends a freeze as it was approved. @return false where that very approval does not stand any more */
    public boolean thaw(Freeze freeze, Instant now) {
        Approval approval = freeze.approval().orElseThrow();
        return em.createQuery("""
                                update FreezeEntity set slot = id, nextAt = null, thawedBy = approvedBy, thawedAt = :now
                                where id = :id and thawedAt is null and approvedBy = :approver and approvedAt = :at""")
                        .setParameter("now", now)
                        .setParameter("id", freeze.id())
                        .setParameter("approver", approval.officer())
                        .setParameter("at", approval.at())
                        .executeUpdate()
                == 1;
    }

    /** When the customer's logins were frozen last, whether they still are or not. */
    public Optional<Instant> lastShut(String customer) {
        return Optional.ofNullable(em.createQuery("""
                                select max(at) from FreezeEntity
                                where customer = :customer and operation in ('ALL', 'LOGIN')""", Instant.class)
                .setParameter("customer", customer)
                .getSingleResult());
    }

    /** When something of the customer's was thawed last. */
    public Optional<Instant> lastThaw(String customer) {
        return Optional.ofNullable(
                em.createQuery("select max(thawedAt) from FreezeEntity where customer = :customer", Instant.class)
                        .setParameter("customer", customer)
                        .getSingleResult());
    }

    /**
     * A freeze whose consequences are still to be brought about.
     *
     * @param until when somebody else may take it
     */
    public record Due(String id, String realmId, String userId, Instant until) {}

    /** Takes what is due; nobody else gets it for a time. */
    public List<Due> take(Instant now, Duration hold, int limit) {
        Instant until = now.plus(hold);
        return em.createQuery(
                        "from FreezeEntity where nextAt <= :now and thawedAt is null order by nextAt",
                        FreezeEntity.class)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultStream()
                .filter(due -> taken(due, until))
                .map(due -> new Due(due.id, due.realmId, due.userId, until))
                .toList();
    }

    private boolean taken(FreezeEntity due, Instant until) {
        return em.createQuery("update FreezeEntity set nextAt = :until where id = :id and nextAt = :seen")
                        .setParameter("until", until)
                        .setParameter("id", due.id)
                        .setParameter("seen", due.nextAt)
                        .executeUpdate()
                == 1;
    }

    /** Nothing is left to do, unless it was frozen anew, or taken by somebody else, meanwhile. */
    public void done(Due due) {
        em.createQuery("update FreezeEntity set nextAt = null where id = :id and nextAt = :until")
                .setParameter("id", due.id())
                .setParameter("until", due.until())
                .executeUpdate();
    }

    /** Deletes those that ended before an instant, a batch at a time. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteThawed(String realmId, Instant before, int limit) {
        return new Expiry("FreezeEntity", "id", "thawedAt").delete(em, realmId, before, limit);
    }

    /** Deletes those that last, of users who are gone since before an instant, a batch at a time. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteGone(String realmId, Instant before, int limit) {
        return new Expiry("FreezeEntity", "id", "goneAt").delete(em, realmId, before, limit);
    }

    /** There is no such user any more. Who is made anew under the same id is frozen still, and nothing of a thaw stands. */
    public void gone(String customer, Instant now) {
        em.createQuery("delete from FreezeEntity where customer = :customer and thawedAt is not null")
                .setParameter("customer", customer)
                .executeUpdate();
        withdraw(customer);
        Statements.of(em)
                .update(
                        "update {h-schema}SEKISHO_FREEZE set GONE_AT = ?, NEXT_AT = null where CUSTOMER = ?",
                        values -> values.instant(now).text(customer));
    }

    /** The user is there again, and what is frozen has its consequences. @return whether he was gone */
    public boolean returned(String customer, Instant now) {
        return Statements.of(em)
                        .update(
                                "update {h-schema}SEKISHO_FREEZE set GONE_AT = null,"
                                        + " NEXT_AT = case when SLOT in ('ALL', 'LOGIN') then cast(? as bigint) end"
                                        + " where CUSTOMER = ? and GONE_AT is not null",
                                values -> values.instant(now).text(customer))
                > 0;
    }

    /** The users of these customers, by pseudonym, as far as a freeze of theirs is on file. */
    public Map<String, String> users(Collection<String> customers) {
        Map<String, String> users = new HashMap<>();
        if (!customers.isEmpty()) {
            em.createQuery(
                            "select distinct customer, userId from FreezeEntity where customer in (:customers)",
                            Object[].class)
                    .setParameter("customers", customers)
                    .getResultStream()
                    .forEach(row -> users.put((String) row[0], (String) row[1]));
        }
        return users;
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from FreezeEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    /** Of a row that goes on with {@link #COLUMNS}, all of which it reads; empty where an outer join found none. */
    public static Optional<Freeze> read(Row row) throws SQLException {
        String id = row.text();
        String operation = row.text();
        String by = row.text();
        Instant at = row.instant();
        String officer = row.text();
        Instant proposedAt = row.instant();
        String identityRecord = row.text();
        String approver = row.text();
        Instant approvedAt = row.instant();
        String rebind = row.text();
        boolean disabledBefore = row.flag().orElse(false);
        if (id == null) {
            return Optional.empty();
        }
        return Optional.of(new Freeze(
                id,
                ALL.equals(operation) ? Optional.empty() : Optional.of(Operation.valueOf(operation)),
                By.valueOf(by),
                at,
                officer == null ? Optional.empty() : Optional.of(new Proposal(officer, proposedAt, identityRecord)),
                approver == null
                        ? Optional.empty()
                        : Optional.of(new Approval(approver, approvedAt, Rebind.valueOf(rebind))),
                disabledBefore));
    }
}
