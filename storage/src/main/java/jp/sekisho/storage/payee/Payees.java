package jp.sekisho.storage.payee;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.storage.payee.StoredPayee.State;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;

/** Customers' bank accounts. */
// FFAJ-1.4-S3
public final class Payees {

    /** What {@link #read} reads, of the table as {@code p}. */
    public static final String COLUMNS = "p.ID, p.CUSTOMER, p.USER_ID, p.NUMBER_HASH, p.CONTENT, p.STATE,"
            + " p.OPERATION_ID, p.ADDED_AT, p.USABLE_FROM";

    private static final String ADD = """
            insert into {h-schema}SEKISHO_PAYEE
            (ID, REALM_ID, CUSTOMER, USER_ID, NUMBER_HASH, CONTENT, STATE, OPERATION_ID, ADDED_AT, USABLE_FROM)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    /** Its wait begins anew for who changes it; never earlier than it stands. */
    private static final String CHANGE = """
            update {h-schema}SEKISHO_PAYEE set CONTENT = ?, STATE = ?, OPERATION_ID = ?, ADDED_AT = ?,
            USABLE_FROM = case when USABLE_FROM > ? then USABLE_FROM else ? end
            where ID = ? and CONTENT = ? and STATE = ?""";

    private static final String MOVE = """
            update {h-schema}SEKISHO_PAYEE set STATE = ? where CUSTOMER = ? and ID = ? and STATE = ?""";

    private static final String WITHDRAW = """
            update {h-schema}SEKISHO_PAYEE set STATE = 'REMOVED'
            where CUSTOMER = ? and STATE = 'PENDING' and USABLE_FROM > ?""";

    private static final String REMOVE_SINCE = """
            update {h-schema}SEKISHO_PAYEE set STATE = 'REMOVED' where CUSTOMER = ? and ADDED_AT >= ?""";

    private static final String OF = "select " + COLUMNS + " from {h-schema}SEKISHO_PAYEE p where p.CUSTOMER = ?";

    private final EntityManager em;

    public Payees(EntityManager em) {
        this.em = em;
    }

    /** Those of a customer, also those that he has no more; oldest first. */
    public List<StoredPayee> of(String customer) {
        return Statements.of(em)
                .select(
                        OF + " order by p.ADDED_AT, p.ID",
                        values -> values.text(customer),
                        row -> read(row).orElseThrow());
    }

    public Optional<StoredPayee> find(String customer, String numberHash) {
        return Statements.of(em)
                .select(
                        OF + " and p.NUMBER_HASH = ?",
                        values -> values.text(customer).text(numberHash),
                        row -> read(row).orElseThrow())
                .stream()
                .findFirst();
    }

    /** @return false where the customer has or had it: it is changed then */
    public boolean add(String realmId, StoredPayee payee) {
        return Statements.of(em)
                .insertUnlessThere(
                        ADD,
                        values -> values.text(payee.id())
                                .text(realmId)
                                .text(payee.customer())
                                .text(payee.userId())
                                .text(payee.numberHash())
                                .text(payee.content())
                                .text(payee.state().name())
                                .text(payee.operationId())
                                .instant(payee.addedAt())
                                .instant(payee.usableFrom()));
    }

    /** @return false where somebody changed it meanwhile */
    public boolean change(StoredPayee before, StoredPayee after) {
        return Statements.of(em)
                        .update(
                                CHANGE,
                                values -> values.text(after.content())
                                        .text(after.state().name())
                                        .text(after.operationId())
                                        .instant(after.addedAt())
                                        .instant(after.usableFrom())
                                        .instant(after.usableFrom())
                                        .text(before.id())
                                        .text(before.content())
                                        .text(before.state().name()))
                == 1;
    }

    /** @return false where it does not stand so any more */
    public boolean move(StoredPayee payee, State to) {
        return Statements.of(em)
                        .update(
                                MOVE,
                                values -> values.text(to.name())
                                        .text(payee.customer())
                                        .text(payee.id())
                                        .text(payee.state().name()))
                == 1;
    }

    /** Takes back those of a customer to which nothing may go yet. @return how many */
    public int withdraw(String customer, Instant now) {
        return Statements.of(em)
                .update(WITHDRAW, values -> values.text(customer).instant(now));
    }

    /** Takes back those of a customer that were brought in or changed since, whatever was done with them. @return how many */
    public int removeSince(String customer, Instant since) {
        return Statements.of(em)
                .update(REMOVE_SINCE, values -> values.text(customer).instant(since));
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from PayeeEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from PayeeEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    /** Of a row that goes on with {@link #COLUMNS}, all of which it reads; empty where an outer join found none. */
    public static Optional<StoredPayee> read(Row row) throws SQLException {
        String id = row.text();
        String customer = row.text();
        String userId = row.text();
        String numberHash = row.text();
        String content = row.text();
        Optional<State> state = Optional.ofNullable(row.text()).map(State::valueOf);
        String operationId = row.text();
        Instant addedAt = row.instant();
        Instant usableFrom = row.instant();
        return state.map(known ->
                new StoredPayee(id, customer, userId, numberHash, content, known, operationId, addedAt, usableFrom));
    }
}
