package jp.sekisho.storage.limit;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.limit.Limits;
import jp.sekisho.policies.limit.Standing;
import jp.sekisho.policies.limit.Standing.Pending;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;
import jp.sekisho.storage.schema.Values;

/** Customers' own limits; who set none has no row, or one that says so. */
public final class StoredLimits {

    /** What {@link #read} reads, of the table as {@code l}. */
    public static final String COLUMNS = "l.WITHDRAWALS_OFF, l.ACCOUNTS_OFF, l.YEN_A_DAY, l.EACH_ORDER,"
            + " l.NEXT_WITHDRAWALS_OFF, l.NEXT_ACCOUNTS_OFF, l.NEXT_YEN_A_DAY, l.NEXT_EACH_ORDER, l.NEXT_FROM";

    private static final String FIND = "select " + COLUMNS + " from {h-schema}SEKISHO_LIMIT l where l.CUSTOMER = ?";

    private static final String ADD = """
            insert into {h-schema}SEKISHO_LIMIT
            (CUSTOMER, REALM_ID, WITHDRAWALS_OFF, ACCOUNTS_OFF, EACH_ORDER,
            NEXT_WITHDRAWALS_OFF, NEXT_ACCOUNTS_OFF, NEXT_EACH_ORDER)
            values (?, ?, false, false, false, false, false, false)""";

    private static final String SET = """
            update {h-schema}SEKISHO_LIMIT set WITHDRAWALS_OFF = ?, ACCOUNTS_OFF = ?, YEN_A_DAY = ?, EACH_ORDER = ?,
            NEXT_WITHDRAWALS_OFF = ?, NEXT_ACCOUNTS_OFF = ?, NEXT_YEN_A_DAY = ?, NEXT_EACH_ORDER = ?, NEXT_FROM = ?
            where CUSTOMER = ?""";

    private final EntityManager em;

    public StoredLimits(EntityManager em) {
        this.em = em;
    }

    public Standing of(String customer) {
        return find(FIND, customer);
    }

    /** The same, and whoever asks so for the customer waits for this transaction's end. */
    public Standing held(String customer) {
        return find(FIND + " for update", customer);
    }

    /** The same, also of who set none yet: whoever asks so for the customer waits, too. */
    public Standing begun(String realmId, String customer) {
        Statements.of(em).insertUnlessThere(ADD, values -> values.text(customer).text(realmId));
        return held(customer);
    }

    private Standing find(String sql, String customer) {
        return Statements.of(em).select(sql, values -> values.text(customer), StoredLimits::read).stream()
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(Standing.NONE);
    }

    /** To be called on what {@link #begun} gave. */
    public void set(String customer, Standing standing) {
        Limits next = standing.pending().map(Pending::limits).orElse(Limits.NONE);
        Statements.of(em)
                .update(
                        SET,
                        values -> bind(bind(values, standing.set()), next)
                                .instant(standing.pending().map(Pending::from))
                                .text(customer));
    }

    private static Values bind(Values values, Limits limits) throws SQLException {
        return values.flag(limits.withdrawalsOff())
                .flag(limits.accountsOff())
                .number(limits.yenADay())
                .flag(limits.eachOrder());
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from LimitEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from LimitEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    /** Of a row that goes on with {@link #COLUMNS}, all of which it reads; empty where an outer join found none. */
    public static Optional<Standing> read(Row row) throws SQLException {
        Optional<Limits> set = limits(row);
        Optional<Limits> next = limits(row);
        Optional<Instant> from = Optional.ofNullable(row.instant());
        return set.map(limits -> new Standing(limits, from.map(time -> new Pending(next.orElseThrow(), time))));
    }

    private static Optional<Limits> limits(Row row) throws SQLException {
        Optional<Boolean> withdrawalsOff = row.flag();
        Optional<Boolean> accountsOff = row.flag();
        Optional<Long> yenADay = Optional.of(row.number()).filter(yen -> yen > 0);
        Optional<Boolean> eachOrder = row.flag();
        return withdrawalsOff.map(off -> new Limits(off, accountsOff.orElseThrow(), yenADay, eachOrder.orElseThrow()));
    }
}
