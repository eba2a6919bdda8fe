package jp.sekisho.storage.operation;

import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Details.PositionEffect;
import jp.sekisho.policies.operation.Details.Side;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.operation.State.Move;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.operation.StoredOperation.Asked;
import jp.sekisho.storage.operation.StoredOperation.Decided;
import jp.sekisho.storage.operation.StoredOperation.Sums;
import jp.sekisho.storage.operation.StoredOperation.Times;
import jp.sekisho.storage.operation.StoredOperation.What;
import jp.sekisho.storage.operation.StoredOperation.Whose;
import jp.sekisho.storage.retention.Expiry;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;
import jp.sekisho.storage.schema.Statements.Insert;
import jp.sekisho.storage.schema.Values;

/** Operations of trading apps. Each change of a state is one conditional statement, whose row count decides who made it. */
public final class StoredOperations {

    static final Duration DAY = Duration.ofHours(24);

    private static final String COLUMNS = "o.ID, o.REALM_ID, o.CLIENT_ID, o.REQUEST_ID, o.REQUEST_HASH, o.CUSTOMER,"
            + " o.USER_ID, o.SESSION_ID, o.TYPE, o.STATE, o.CONTENT, o.DIGEST, o.WAY_OUT, " + Sums.COLUMNS
            + ", o.PAYEE, o.DECISION_ID, o.OUTCOME, o.REQUIREMENT, o.CAUSE, o.RISK_LEVEL, o.SCORE, o.REASONS,"
            + " o.POLICY_VERSION, o.CREATED_AT, o.EXPIRES_AT, o.HOLD_UNTIL, o.CONFIRMED_AT, o.CONFIRMED_BY,"
            + " o.WINDOW_UNTIL, o.ISSUED_AT, o.REDEEMED_AT, o.ENDED_AT, o.DISOWNED_AT, o.PERMIT";

    /** By which an app asks once. */
    private static final String KEY = "REALM_ID, CLIENT_ID, REQUEST_ID";

    private static final String INTO = """
            {h-schema}SEKISHO_OPERATION
            (ID, REALM_ID, CLIENT_ID, REQUEST_ID, REQUEST_HASH, CUSTOMER, USER_ID, SESSION_ID, TYPE, STATE, CONTENT, DIGEST,
            WAY_OUT, AMOUNT, CURRENCY, INSTRUMENT, SIDE, POSITION_EFFECT, QUANTITY, HOLDINGS_SHARE, PAYEE, DECISION_ID,
            OUTCOME, REQUIREMENT, CAUSE, RISK_LEVEL, SCORE, REASONS, POLICY_VERSION, CREATED_AT, EXPIRES_AT, HOLD_UNTIL,
            PERMIT)""";

    private static final String ROW =
            "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

    private static final String OF = "select " + COLUMNS + " from {h-schema}SEKISHO_OPERATION o where ";

    /** Yen, of which the customer was let withdraw what. */
    private static final String WITHDRAWN = withdrawnSince("?");

    private static final String ASKED = """
            select count(*) from {h-schema}SEKISHO_OPERATION
            where CUSTOMER = ? and CREATED_AT > ? and CLIENT_ID = ? and OUTCOME in ('STEP_UP', 'HOLD')""";

    private static final String DECIDE = """
            update {h-schema}SEKISHO_OPERATION set STATE = ?, DECISION_ID = ?, OUTCOME = ?, REQUIREMENT = ?, CAUSE = ?,
            RISK_LEVEL = ?, SCORE = ?, REASONS = ?, POLICY_VERSION = ?, HOLD_UNTIL = ?, EXPIRES_AT = ?, PERMIT = ?
            where ID = ? and EXPIRES_AT > ? and DECISION_ID = ? and\s""";

    private static final String CONFIRM = """
            update {h-schema}SEKISHO_OPERATION set STATE = ?, CONFIRMED_AT = ?, CONFIRMED_BY = ?, EXPIRES_AT = ?,
            WINDOW_UNTIL = ?, PERMIT = ?
            where ID = ? and DIGEST = ? and EXPIRES_AT > ? and\s""";

    private static final String ISSUE = """
            update {h-schema}SEKISHO_OPERATION set ISSUED_AT = ?
            where ID = ? and STATE = 'CONFIRMED' and EXPIRES_AT > ? and ISSUED_AT is null""";

    private static final String REDEEM = """
            update {h-schema}SEKISHO_OPERATION set STATE = ?, REDEEMED_AT = ?
            where ID = ? and DIGEST = ? and EXPIRES_AT > ? and\s""";

    private static final String END = """
            update {h-schema}SEKISHO_OPERATION set STATE = ?, ENDED_AT = ? where ID = ? and\s""";

    /** Of one customer, beside one of them. */
    private static final String ORDERS_BESIDE = """
            select count(*) from (select o.ID from {h-schema}SEKISHO_OPERATION o
            where o.CUSTOMER = ? and o.CREATED_AT > ? and o.TYPE = 'TRADE' and o.WAY_OUT = false and o.ID <> ?
            and (o.REDEEMED_AT > ? or o.REDEEMED_AT is null) and o.STATE in (%s) fetch first ? rows only) x""";

    private static final String BESIDE = ORDERS_BESIDE.formatted("'ALLOWED', 'REDEEMED', 'EXECUTED'");

    private static final String DONE_BESIDE = ORDERS_BESIDE.formatted("'REDEEMED', 'EXECUTED'");

    /** What was cancelled before nobody was let execute. */
    private static final String WAS_REDEEMED = " and REDEEMED_AT is not null";

    private static final String UNFINISHED =
            OF + "o.CUSTOMER = ? and o.EXPIRES_AT > ? and o." + in(Move.VOID) + " order by o.CREATED_AT, o.ID";

    private static final String RELEASE = """
            update {h-schema}SEKISHO_OPERATION set HOLD_UNTIL = ?, EXPIRES_AT = ?, PERMIT = ?
            where ID = ? and STATE = 'HELD' and HOLD_UNTIL is null""";

    private static final String CLOSE = """
            update {h-schema}SEKISHO_OPERATION set WINDOW_UNTIL = null
            where SESSION_ID = ? and CUSTOMER = ? and WINDOW_UNTIL > ?""";

    private static final String DISOWN = """
            update {h-schema}SEKISHO_OPERATION set DISOWNED_AT = ?
            where CUSTOMER = ? and SESSION_ID = ? and DISOWNED_AT is null""";

    private final EntityManager em;

    public StoredOperations(EntityManager em) {
        this.em = em;
    }

    public Before look(Sought sought) {
        return Look.at(sought).alone(em);
    }

    /**
     * With the record of its decision: neither is there without the other.
     *
     * @return false where the app asked by this id before, be it at the same time
     */
    public boolean add(StoredOperation operation, EvidenceRow record) {
        return Statements.of(em).insertUnlessThere(insert(operation), KEY, EvidenceLog.insert(record));
    }

    private static Insert insert(StoredOperation operation) {
        Asked asked = operation.asked();
        Whose whose = operation.whose();
        What what = operation.what();
        Decided decided = operation.decided();
        return new Insert(
                INTO,
                ROW,
                values -> decision(
                                values.text(operation.id())
                                        .text(operation.realmId())
                                        .text(asked.clientId())
                                        .text(asked.requestId())
                                        .text(asked.hash())
                                        .text(whose.customer())
                                        .text(whose.userId())
                                        .text(whose.sessionId())
                                        .text(what.type().name())
                                        .text(operation.state().name())
                                        .text(what.content())
                                        .text(what.digest())
                                        .flag(what.wayOut())
                                        .decimal(what.sums().amount().map(Money::value))
                                        .text(what.sums()
                                                .amount()
                                                .map(amount -> amount.currency().getCurrencyCode()))
                                        .text(what.sums().instrument())
                                        .text(what.sums().side().map(Side::name))
                                        .text(what.sums().positionEffect().map(PositionEffect::name))
                                        .decimal(what.sums().quantity())
                                        .decimal(what.sums().holdingsShare())
                                        .text(what.payee()),
                                decided)
                        .instant(operation.times().createdAt())
                        .instant(operation.times().expiresAt())
                        .instant(decided.holdUntil())
                        .text(operation.permit()));
    }

    private static Values decision(Values values, Decided decided) throws SQLException {
        return values.text(decided.decisionId())
                .text(decided.outcome().name())
                .text(decided.requirement().name())
                .text(decided.cause().map(Cause::name))
                .text(decided.level().name())
                .real(decided.score())
                .text(String.join(" ", decided.reasons()))
                .text(decided.policyVersion());
    }

    public Optional<StoredOperation> find(String realmId, String id) {
        return Statements.of(em)
                .select(
                        OF + "o.ID = ? and o.REALM_ID = ?",
                        values -> values.text(id).text(realmId),
                        StoredOperations::read)
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The one for which the app asked by its own id. */
    public Optional<StoredOperation> find(String realmId, String clientId, String requestId) {
        return Statements.of(em)
                .select(
                        OF + "o.REALM_ID = ? and o.CLIENT_ID = ? and o.REQUEST_ID = ?",
                        values -> values.text(realmId).text(clientId).text(requestId),
                        StoredOperations::read)
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** How many of an app a customer was asked to confirm since, or was told that they are held. */
    public long askedSince(String customer, String clientId, Instant since) {
        return Statements.of(em)
                .select(ASKED, values -> values.text(customer).instant(since).text(clientId), Row::number)
                .get(0);
    }

    /**
     * One that was held or allowed is decided again.
     *
     * @param permit where it goes on
     * @return false where somebody did so meanwhile, or it ended
     */
    public boolean decide(
            StoredOperation before, Move move, Decided anew, Instant expiresAt, Optional<String> permit, Instant now) {
        return update(
                DECIDE + in(move),
                values -> decision(values.text(State.to(move).name()), anew)
                        .instant(anew.holdUntil())
                        .instant(expiresAt)
                        .text(permit)
                        .text(before.id())
                        .instant(now)
                        .text(before.decided().decisionId()));
    }

    /**
     * The customer confirmed it.
     *
     * @param digest of what he confirmed
     * @param by the factor
     * @param windowUntil until when he confirmed to trade in the session as well
     * @param permit by which it may be redeemed, and the window is open
     * @return false where it cannot be confirmed, any more or at all
     */
    public boolean confirm(
            String id,
            String digest,
            String by,
            Instant now,
            Instant expiresAt,
            Optional<Instant> windowUntil,
            String permit) {
        return update(
                CONFIRM + in(Move.CONFIRM),
                values -> values.text(State.to(Move.CONFIRM).name())
                        .instant(now)
                        .text(by)
                        .instant(expiresAt)
                        .instant(windowUntil)
                        .text(permit)
                        .text(id)
                        .text(digest)
                        .instant(now));
    }

    /** A token says that the customer confirmed it. @return whether it is the first one */
    public boolean issue(String id, Instant now) {
        return update(ISSUE, values -> values.instant(now).text(id).instant(now));
    }

    /** The app may do it now. @return whether it may: once, however many ask at once */
    public boolean redeem(String id, String digest, Instant now) {
        return update(
                REDEEM + in(Move.REDEEM),
                values -> values.text(State.to(Move.REDEEM).name())
                        .instant(now)
                        .text(id)
                        .text(digest)
                        .instant(now));
    }

    /**
     * How many orders that open the customer may redeem beside one of them, or did.
     *
     * @param created not before
     * @param redeemed where they were, not before
     * @param most to be counted
     */
    public int beside(StoredOperation order, Instant created, Instant redeemed, int most) {
        return beside(BESIDE, order, created, redeemed, most);
    }

    /** Of those, how many he did. */
    public int doneBeside(StoredOperation order, Instant created, Instant redeemed, int most) {
        return beside(DONE_BESIDE, order, created, redeemed, most);
    }

    private int beside(String sql, StoredOperation order, Instant created, Instant redeemed, int most) {
        return Statements.of(em)
                .select(
                        sql,
                        values -> values.text(order.whose().customer())
                                .instant(created)
                                .text(order.id())
                                .instant(redeemed)
                                .number(most),
                        Row::integer)
                .get(0);
    }

    /** It ends. @return false where it had ended, or not come so far */
    public boolean end(String id, Move move, Instant now) {
        return update(
                END + in(move) + (move == Move.EXECUTE ? WAS_REDEEMED : ""),
                values -> values.text(State.to(move).name()).instant(now).text(id));
    }

    /** Yen that a customer was let withdraw within the day before. */
    public BigDecimal withdrawn(String customer, Instant now) {
        return Statements.of(em)
                .select(WITHDRAWN, values -> values.text(customer).instant(now.minus(DAY)), Row::decimal)
                .get(0);
    }

    /** Those of a customer that may go on, oldest first. */
    public List<StoredOperation> unfinished(String customer, Instant now) {
        return Statements.of(em)
                .select(
                        UNFINISHED,
                        values -> values.text(customer).instant(now),
                        row -> read(row).orElseThrow());
    }

    /** One that is held may be decided again: an officer looked at it. @return false where it is not held any more */
    public boolean release(String id, Instant from, Instant expiresAt, Optional<String> permit) {
        return update(
                RELEASE,
                values -> values.instant(from).instant(expiresAt).text(permit).text(id));
    }

    /** What the customer confirmed of a session counts no more. */
    public void closeWindow(Whose whose, Instant now) {
        Statements.of(em)
                .update(
                        CLOSE,
                        values -> values.text(whose.sessionId())
                                .text(whose.customer())
                                .instant(now));
    }

    /** What was asked about in a session that was not the customer's makes nothing usual. @return how many */
    public int disown(String customer, String sessionId, Instant now) {
        return Statements.of(em)
                .update(DISOWN, values -> values.instant(now).text(customer).text(sessionId));
    }

    private boolean update(String sql, Statements.Binding binding) {
        return Statements.of(em).update(sql, binding) == 1;
    }

    static String withdrawnSince(String instant) {
        return "select coalesce(sum(y.AMOUNT), 0) from {h-schema}SEKISHO_OPERATION y"
                + " where y.CUSTOMER = ? and y.TYPE = 'WITHDRAWAL' and y.CURRENCY = 'JPY' and y.REDEEMED_AT > "
                + instant
                + " and y.STATE in ('REDEEMED', 'EXECUTED')";
    }

    private static String in(Move move) {
        Set<State> open = State.before(move);
        return open.stream()
                .map(state -> "'" + state.name() + "'")
                .sorted()
                .collect(Collectors.joining(", ", "STATE in (", ")"));
    }

    /** Deletes the oldest ones, a batch at a time. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteOld(String realmId, Instant before, int limit) {
        return new Expiry("OperationEntity", "id", "createdAt").delete(em, realmId, before, limit);
    }

    public void deleteCustomer(String customer) {
        em.createQuery("delete from OperationEntity where customer = :customer")
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from OperationEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    /** Of a row that goes on with {@link #COLUMNS}, all of which it reads; empty where an outer join found none. */
    private static Optional<StoredOperation> read(Row row) throws SQLException {
        String id = row.text();
        if (id == null) {
            return Optional.empty();
        }
        String realmId = row.text();
        Asked asked = new Asked(row.text(), row.text(), row.text());
        Whose whose = new Whose(row.text(), row.text(), row.text());
        Operation type = Operation.valueOf(row.text());
        State state = State.valueOf(row.text());
        What what = new What(
                type,
                row.text(),
                row.text(),
                row.flag().orElseThrow(),
                Sums.read(row),
                Optional.ofNullable(row.text()));
        String decisionId = row.text();
        Outcome outcome = Outcome.valueOf(row.text());
        Requirement requirement = Requirement.valueOf(row.text());
        Optional<Cause> cause = Optional.ofNullable(row.text()).map(Cause::valueOf);
        Level level = Level.valueOf(row.text());
        double score = row.real();
        List<String> reasons = reasons(row.text());
        String policyVersion = row.text();
        Instant createdAt = row.instant();
        Instant expiresAt = row.instant();
        Optional<Instant> holdUntil = Optional.ofNullable(row.instant());
        Times times = new Times(
                createdAt,
                expiresAt,
                Optional.ofNullable(row.instant()),
                Optional.ofNullable(row.text()),
                Optional.ofNullable(row.instant()),
                Optional.ofNullable(row.instant()),
                Optional.ofNullable(row.instant()),
                Optional.ofNullable(row.instant()),
                Optional.ofNullable(row.instant()));
        Decided decided =
                new Decided(decisionId, outcome, requirement, cause, holdUntil, level, score, reasons, policyVersion);
        return Optional.of(new StoredOperation(
                id, realmId, asked, whose, what, decided, state, times, Optional.ofNullable(row.text())));
    }

    private static List<String> reasons(String words) {
        return words.isEmpty() ? List.of() : List.of(words.split(" "));
    }
}
