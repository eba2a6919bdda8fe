package jp.sekisho.storage.operation;

import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.policies.anomaly.Change;
import jp.sekisho.policies.limit.Standing;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.storage.change.Changes;
import jp.sekisho.storage.dossier.Besides;
import jp.sekisho.storage.limit.StoredLimits;
import jp.sekisho.storage.operation.Before.Own;
import jp.sekisho.storage.operation.Before.Window;
import jp.sekisho.storage.operation.StoredOperation.Done;
import jp.sekisho.storage.operation.StoredOperation.Sums;
import jp.sekisho.storage.payee.Payees;
import jp.sekisho.storage.schema.DatabaseClock;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;
import jp.sekisho.storage.schema.Statements.Answer;
import jp.sekisho.storage.schema.Statements.Question;
import jp.sekisho.storage.schema.Values;
import jp.sekisho.storage.signal.SignalParts;

/**
 * What is asked before a decision: some of it in the dossier's statement, the rest with it in one trip. Each column and table
 * costs the database something even where nothing is found, so that of orders nothing is asked about bank accounts and changes.
 */
public final class Look {

    private static final String AGO = DatabaseClock.MILLIS + " - ?";

    /**
     * Many orders of one day hide neither what is usual nor what else was done shortly before, and ways out, about which nobody
     * is asked, do not either: of them only those that sold are looked for.
     */
    // JP25-9
    private static final String DONE = done("o.WAY_OUT = false and o.CREATED_AT > " + AGO) + " union all "
            + done("o.WAY_OUT = false and o.CREATED_AT <= " + AGO + " and o.TYPE = ?") + " union all "
            + done("(o.WAY_OUT = false and o.CREATED_AT <= " + AGO + " and o.TYPE <> ?"
                    + " or o.WAY_OUT = true and o.SIDE = 'SELL') and o.CREATED_AT > " + AGO);

    /** No part, and no device, has it. */
    private static final String NONE = "";

    private static final String OTHERS = """
            (select count(*) from (
            select q.CUSTOMER from {h-schema}SEKISHO_PAYEE q
            where q.REALM_ID = ? and q.NUMBER_HASH = ? and q.ADDED_AT > %1$s and q.CUSTOMER <> ? union
            select n.CUSTOMER from {h-schema}SEKISHO_OPERATION n
            where n.REALM_ID = ? and n.PAYEE = ? and n.CREATED_AT > %1$s and n.CUSTOMER <> ?) x)""".formatted(AGO);

    private static final String COLUMNS =
            ", (select w.ID || ' ' || w.WINDOW_UNTIL || ' ' || w.PERMIT from {h-schema}SEKISHO_OPERATION w"
                    + " where w.SESSION_ID = ? and w.CUSTOMER = ? and w.CLIENT_ID = ? and w.WINDOW_UNTIL > "
                    + DatabaseClock.MILLIS
                    + " and w.STATE <> 'VOIDED' order by w.WINDOW_UNTIL desc fetch first 1 rows only), "
                    + StoredLimits.COLUMNS + ", " + SignalParts.OTHERS;

    private static final String TABLES = " left join {h-schema}SEKISHO_LIMIT l on l.CUSTOMER = ?";

    private static final String MORE_COLUMNS = COLUMNS
            + ", (select t.FIRST_SEEN_AT from {h-schema}SEKISHO_DEVICE_TRUST t where t.DEVICE_ID = ? and t.CUSTOMER = ?), "
            + Changes.AT + ", " + Changes.AT + ", " + OTHERS + ", (" + StoredOperations.withdrawnSince(AGO) + "), "
            + Payees.COLUMNS;

    private static final String MORE_TABLES =
            TABLES + " left join {h-schema}SEKISHO_PAYEE p on p.CUSTOMER = ? and p.NUMBER_HASH = ?";

    private final Sought sought;
    private final Answer<Done> done;

    private Look(Sought sought) {
        this.sought = sought;
        this.done = Answer.to(new Question<>(DONE, values -> bindDone(values, sought), Look::readDone));
    }

    public static Look at(Sought sought) {
        return new Look(sought);
    }

    /** In the dossier's statement. */
    public Besides<Before> besides() {
        boolean more = sought.more();
        return new Besides<>(
                more ? MORE_COLUMNS : COLUMNS,
                more ? MORE_TABLES : TABLES,
                values -> bindColumns(values, sought),
                values -> bindTables(values, sought),
                row -> read(row, more));
    }

    /** In one trip with it. */
    public Answer<?> more() {
        return done;
    }

    /** Once both were asked. */
    public Before before(Before besides) {
        return besides.with(done.rows());
    }

    /** Where the dossier was read before. */
    public Before alone(EntityManager em) {
        Answer<Before> besides = Answer.to(besides().alone());
        Statements.of(em).ask(List.of(besides, done));
        return before(besides.rows().get(0));
    }

    private static String done(String when) {
        return "(select o.TYPE, o.CREATED_AT, o.WAY_OUT, o.CONFIRMED_AT, " + Sums.COLUMNS
                + ", o.PAYEE from {h-schema}SEKISHO_OPERATION o"
                + " where o.CUSTOMER = ? and " + when
                + " and o.STATE in ('REDEEMED', 'EXECUTED') and o.DISOWNED_AT is null"
                + " order by o.CREATED_AT desc fetch first 200 rows only)";
    }

    private static void bindColumns(Values values, Sought sought) throws SQLException {
        String customer = sought.whose().customer();
        values.text(sought.whose().sessionId()).text(customer).text(sought.clientId());
        values.text(sought.whose().sessionId()).text(sought.part().orElse(NONE));
        if (sought.more()) {
            values.text(sought.device().orElse(NONE)).text(customer);
            values.text(customer).text(Change.CONTACT.name());
            values.text(customer).text(Change.PHONE.name());
            for (int table = 0; table < 2; table++) {
                values.text(sought.realmId())
                        .text(sought.payee())
                        .number(sought.since().shared().toMillis())
                        .text(customer);
            }
            values.text(Optional.of(customer).filter(any -> sought.type() == Operation.WITHDRAWAL))
                    .number(StoredOperations.DAY.toMillis());
        }
    }

    private static void bindTables(Values values, Sought sought) throws SQLException {
        String customer = sought.whose().customer();
        values.text(customer);
        if (sought.more()) {
            values.text(customer).text(sought.payee());
        }
    }

    private static void bindDone(Values values, Sought sought) throws SQLException {
        String customer = sought.whose().customer();
        String kind = sought.type().name();
        long settled = sought.since().settled().toMillis();
        values.text(customer).number(settled);
        values.text(customer).number(settled).text(kind);
        values.text(customer)
                .number(settled)
                .text(kind)
                .number(sought.since().lately().toMillis());
    }

    private static Before read(Row row, boolean more) throws SQLException {
        Optional<Window> window = Optional.ofNullable(row.text()).map(Look::window);
        Standing limits = StoredLimits.read(row).orElse(Standing.NONE);
        SessionSignals heard = SignalParts.readOthers(row);
        if (!more) {
            Own own = new Own(limits, BigDecimal.ZERO);
            return new Before(window, Map.of(), 0, own, heard, Optional.empty(), List.of());
        }
        Map<Change, Instant> changes = changes(row);
        int others = row.integer();
        BigDecimal withdrawn = row.decimal();
        return new Before(window, changes, others, new Own(limits, withdrawn), heard, Payees.read(row), List.of());
    }

    private static Map<Change, Instant> changes(Row row) throws SQLException {
        Map<Change, Instant> changes = new EnumMap<>(Change.class);
        for (Change change : List.of(Change.DEVICE, Change.CONTACT, Change.PHONE)) {
            Optional.ofNullable(row.instant()).ifPresent(at -> changes.put(change, at));
        }
        return changes;
    }

    private static Window window(String words) {
        String[] word = words.split(" ", 3);
        return new Window(word[0], Instant.ofEpochMilli(Long.parseLong(word[1])), word[2]);
    }

    private static Done readDone(Row row) throws SQLException {
        return new Done(
                Operation.valueOf(row.text()),
                row.instant(),
                row.flag().orElseThrow(),
                row.instant() != null,
                Sums.read(row),
                Optional.ofNullable(row.text()));
    }
}
