package jp.sekisho.storage.operation;

import jakarta.persistence.EntityManager;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.sekisho.policies.anomaly.Change;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.limit.Standing;
import jp.sekisho.policies.operation.Details.PositionEffect;
import jp.sekisho.policies.operation.Details.Side;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.operation.State.Move;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.storage.change.Changes;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.limit.StoredLimits;
import jp.sekisho.storage.operation.StoredOperation.Asked;
import jp.sekisho.storage.operation.StoredOperation.Decided;
import jp.sekisho.storage.operation.StoredOperation.Done;
import jp.sekisho.storage.operation.StoredOperation.Sums;
import jp.sekisho.storage.operation.StoredOperation.Times;
import jp.sekisho.storage.operation.StoredOperation.What;
import jp.sekisho.storage.operation.StoredOperation.Whose;
import jp.sekisho.storage.payee.Payees;
import jp.sekisho.storage.payee.StoredPayee;
import jp.sekisho.storage.retention.Expiry;
import jp.sekisho.storage.schema.DatabaseClock;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;
import jp.sekisho.storage.schema.Statements.Answer;
import jp.sekisho.storage.schema.Statements.Insert;
import jp.sekisho.storage.schema.Statements.Question;
import jp.sekisho.storage.schema.Values;
import jp.sekisho.storage.signal.SignalParts;

/** Operations of trading apps. Each change of a state is one conditional statement, whose row count decides who made it. */
public final class StoredOperations {

    private static final Duration DAY = Duration.ofHours(24);

    private static final String SUMS =
            "o.AMOUNT, o.CURRENCY, o.INSTRUMENT, o.SIDE, o.POSITION_EFFECT, o.QUANTITY," + " o.HOLDINGS_SHARE, o.PAYEE";

    private static final String COLUMNS = "o.ID, o.REALM_ID, o.CLIENT_ID, o.REQUEST_ID, o.REQUEST_HASH, o.CUSTOMER,"
            + " o.USER_ID, o.SESSION_ID, o.TYPE, o.STATE, o.CONTENT, o.DIGEST, o.WAY_OUT, " + SUMS
            + ", o.DECISION_ID, o.OUTCOME, o.REQUIREMENT, o.CAUSE, o.RISK_LEVEL, o.SCORE, o.REASONS,"
            + " o.POLICY_VERSION, o.CREATED_AT, o.EXPIRES_AT, o.HOLD_UNTIL, o.CONFIRMED_AT, o.CONFIRMED_BY,"
            + " o.WINDOW_UNTIL, o.ISSUED_AT, o.REDEEMED_AT, o.ENDED_AT, o.PERMIT";

    private static final String INTO = """
            {h-schema}SEKISHO_OPERATION
            (ID, REALM_ID, CLIENT_ID, REQUEST_ID, REQUEST_HASH, CUSTOMER, USER_ID, SESSION_ID, TYPE, STATE, CONTENT, DIGEST,
            WAY_OUT, AMOUNT, CURRENCY, INSTRUMENT, SIDE, POSITION_EFFECT, QUANTITY, HOLDINGS_SHARE, PAYEE, DECISION_ID,
            OUTCOME, REQUIREMENT, CAUSE, RISK_LEVEL, SCORE, REASONS, POLICY_VERSION, CREATED_AT, EXPIRES_AT, HOLD_UNTIL,
            PERMIT)""";

    private static final String ROW =
            "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";

    private static final String AGO = DatabaseClock.MILLIS + " - ?";

    /** Many orders of one day hide neither what is usual nor what else was done shortly before. */
    private static final String DONE = done("o.CREATED_AT > " + AGO) + " union all "
            + done("o.CREATED_AT <= " + AGO + " and o.TYPE = ?") + " union all "
            + done("o.CREATED_AT <= " + AGO + " and o.TYPE <> ? and o.CREATED_AT > " + AGO);

    private static final String OF = "select " + COLUMNS + " from {h-schema}SEKISHO_OPERATION o where ";

    /** Yen, of which the customer was let withdraw what. */
    private static final String WITHDRAWN = withdrawnSince("?");

    /** No part, and no device, has it. */
    private static final String NONE = "";

    private static final String OTHERS = """
            (select count(*) from (
            select q.CUSTOMER from {h-schema}SEKISHO_PAYEE q
            where q.REALM_ID = ? and q.NUMBER_HASH = ? and q.ADDED_AT > %1$s and q.CUSTOMER <> ? union
            select n.CUSTOMER from {h-schema}SEKISHO_OPERATION n
            where n.REALM_ID = ? and n.PAYEE = ? and n.CREATED_AT > %1$s and n.CUSTOMER <> ?) x)""".formatted(AGO);

    private static final String LOOK = look("0", "0", "1 = 0");

    /** The same where money goes out, or a bank account is named. */
    private static final String LOOK_FOR_PAYEE =
            look(OTHERS, '(' + withdrawnSince(AGO) + ')', "p.CUSTOMER = ? and p.NUMBER_HASH = ?");

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

    private static final String UNFINISHED =
            OF + "o.CUSTOMER = ? and o.EXPIRES_AT > ? and o." + in(Move.VOID) + " order by o.CREATED_AT, o.ID";

    private static final String RELEASE = """
            update {h-schema}SEKISHO_OPERATION set HOLD_UNTIL = ?, EXPIRES_AT = ?
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

    /**
     * What is known before an operation is decided.
     *
     * @param same the operation for which the app asked by this id before
     * @param windowUntil until when the customer confirmed to this app that he trades in the session
     * @param changes when something of the customer changed
     * @param others customers who named the same bank account lately
     * @param heard what other nodes wrote that they heard of the session
     * @param payee the bank account, where the customer has or had it
     * @param done what he was let do before
     */
    public record Before(
            Optional<StoredOperation> same,
            Optional<Instant> windowUntil,
            Map<Change, Instant> changes,
            int others,
            Own own,
            SessionSignals heard,
            Optional<StoredPayee> payee,
            List<Done> done) {

        private Before with(List<Done> others) {
            return new Before(same, windowUntil, changes, this.others, own, heard, payee, others);
        }
    }

    /**
     * What the customer set for himself.
     *
     * @param withdrawn yen within the day before; 0 where no withdrawal is asked about
     */
    public record Own(Standing limits, BigDecimal withdrawn) {}

    /**
     * Of what something is to be known.
     *
     * @param type of the operation
     * @param payee keyed hash of the bank account that is named
     * @param device that the session began on
     * @param part id of what this node itself heard of the session
     * @param since from when on
     */
    public record Sought(
            String realmId,
            Asked asked,
            Whose whose,
            Operation type,
            Optional<String> payee,
            Optional<String> device,
            Optional<String> part,
            Since since) {

        private boolean ofMoney() {
            return payee.isPresent() || type == Operation.WITHDRAWAL;
        }
    }

    /**
     * For how long things are known.
     *
     * @param settled operations of any kind; before it only the latest of one kind
     * @param lately operations of the other kinds
     * @param shared other customers' bank accounts
     */
    public record Since(Duration settled, Duration lately, Duration shared) {}

    /** What is asked before a decision, in one trip with whatever else: two statements. */
    public static final class Look {

        private final Answer<Before> before;
        private final Answer<Done> done;

        private Look(Sought sought) {
            this.before = Answer.to(new Question<>(
                    sought.ofMoney() ? LOOK_FOR_PAYEE : LOOK,
                    values -> bind(values, sought),
                    StoredOperations::readBefore));
            this.done = Answer.to(new Question<>(DONE, values -> bindDone(values, sought), StoredOperations::readDone));
        }

        public static Look at(Sought sought) {
            return new Look(sought);
        }

        public List<Answer<?>> questions() {
            return List.of(before, done);
        }

        /** Once they were asked. */
        public Before before() {
            return before.rows().get(0).with(done.rows());
        }
    }

    public Before look(Sought sought) {
        Look look = Look.at(sought);
        Statements.of(em).ask(look.questions());
        return look.before();
    }

    private static Before readBefore(Row row) throws SQLException {
        Optional<Instant> window = Optional.ofNullable(row.instant());
        Map<Change, Instant> changes = new EnumMap<>(Change.class);
        for (Change change : List.of(Change.DEVICE, Change.CONTACT, Change.PHONE)) {
            Optional.ofNullable(row.instant()).ifPresent(at -> changes.put(change, at));
        }
        int others = row.integer();
        BigDecimal withdrawn = row.decimal();
        Own own = new Own(StoredLimits.read(row).orElse(Standing.NONE), withdrawn);
        SessionSignals heard = SignalParts.readSum(row);
        Optional<StoredPayee> payee = Payees.read(row);
        return new Before(read(row), window, changes, others, own, heard, payee, List.of());
    }

    private static void bind(Values values, Sought sought) throws SQLException {
        Whose whose = sought.whose();
        String customer = whose.customer();
        values.text(whose.sessionId()).text(customer).text(sought.asked().clientId());
        values.text(sought.device().orElse(NONE)).text(customer);
        values.text(customer).text(Change.CONTACT.name());
        values.text(customer).text(Change.PHONE.name());
        if (sought.ofMoney()) {
            for (int table = 0; table < 2; table++) {
                values.text(sought.realmId())
                        .text(sought.payee())
                        .number(sought.since().shared().toMillis())
                        .text(customer);
            }
            values.text(Optional.of(customer).filter(any -> sought.type() == Operation.WITHDRAWAL))
                    .number(DAY.toMillis());
        }
        values.text(whose.sessionId()).text(sought.part().orElse(NONE));
        values.text(customer);
        if (sought.ofMoney()) {
            values.text(customer).text(sought.payee());
        }
        values.text(sought.realmId())
                .text(sought.asked().clientId())
                .text(sought.asked().requestId());
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

    /**
     * With the record of its decision: neither is there without the other.
     *
     * @return false where the app asked by this id before, be it at the same time
     */
    public boolean add(StoredOperation operation, EvidenceRow record) {
        return Statements.of(em).insertUnlessThere(insert(operation), EvidenceLog.insert(record));
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
     * One that was held is decided again.
     *
     * @param permit where it may be redeemed
     * @return false where somebody did so meanwhile, or it ended
     */
    public boolean decide(
            StoredOperation held, Move move, Decided anew, Instant expiresAt, Optional<String> permit, Instant now) {
        return update(
                DECIDE + in(move),
                values -> decision(values.text(State.to(move).name()), anew)
                        .instant(anew.holdUntil())
                        .instant(expiresAt)
                        .text(permit)
                        .text(held.id())
                        .instant(now)
                        .text(held.decided().decisionId()));
    }

    /**
     * The customer confirmed it.
     *
     * @param digest of what he confirmed
     * @param by the factor
     * @param windowUntil until when he confirmed to trade in the session as well
     * @param permit by which it may be redeemed
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

    /** It ends. @return false where it had ended, or not come so far */
    public boolean end(String id, Move move, Instant now) {
        return update(
                END + in(move),
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

    private static Done readDone(Row row) throws SQLException {
        return new Done(
                Operation.valueOf(row.text()),
                row.instant(),
                row.flag().orElseThrow(),
                row.instant() != null,
                sums(row),
                Optional.ofNullable(row.text()));
    }

    /** One that is held may be decided again: an officer looked at it. @return false where it is not held any more */
    public boolean release(String id, Instant now, Instant expiresAt) {
        return update(RELEASE, values -> values.instant(now).instant(expiresAt).text(id));
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

    /**
     * @param others how many customers named the bank account
     * @param withdrawn yen within the day
     * @param payee which bank account it is
     */
    private static String look(String others, String withdrawn, String payee) {
        return "select (select max(w.WINDOW_UNTIL) from {h-schema}SEKISHO_OPERATION w"
                + " where w.SESSION_ID = ? and w.CUSTOMER = ? and w.CLIENT_ID = ? and w.WINDOW_UNTIL > "
                + DatabaseClock.MILLIS
                + " and w.STATE <> 'VOIDED'),"
                + " (select t.FIRST_SEEN_AT from {h-schema}SEKISHO_DEVICE_TRUST t where t.DEVICE_ID = ? and t.CUSTOMER = ?), "
                + Changes.AT + ", " + Changes.AT + ", " + others + ", " + withdrawn + ", "
                + StoredLimits.COLUMNS + ", " + SignalParts.SUM_COLUMNS + ", " + Payees.COLUMNS + ", " + COLUMNS
                + " from " + SignalParts.SUM + " s left join {h-schema}SEKISHO_LIMIT l on l.CUSTOMER = ?"
                + " left join {h-schema}SEKISHO_PAYEE p on " + payee
                + " left join {h-schema}SEKISHO_OPERATION o on o.REALM_ID = ? and o.CLIENT_ID = ? and o.REQUEST_ID = ?";
    }

    private static String withdrawnSince(String instant) {
        return "select coalesce(sum(y.AMOUNT), 0) from {h-schema}SEKISHO_OPERATION y"
                + " where y.CUSTOMER = ? and y.TYPE = 'WITHDRAWAL' and y.CURRENCY = 'JPY' and y.REDEEMED_AT > "
                + instant
                + " and y.STATE in ('REDEEMED', 'EXECUTED')";
    }

    private static String done(String when) {
        return "(select o.TYPE, o.CREATED_AT, o.WAY_OUT, o.CONFIRMED_AT, " + SUMS
                + " from {h-schema}SEKISHO_OPERATION o"
                + " where o.CUSTOMER = ? and " + when
                + " and o.STATE in ('REDEEMED', 'EXECUTED') and o.DISOWNED_AT is null"
                + " order by o.CREATED_AT desc fetch first 200 rows only)";
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
                type, row.text(), row.text(), row.flag().orElseThrow(), sums(row), Optional.ofNullable(row.text()));
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
                Optional.ofNullable(row.instant()));
        Decided decided =
                new Decided(decisionId, outcome, requirement, cause, holdUntil, level, score, reasons, policyVersion);
        return Optional.of(new StoredOperation(
                id, realmId, asked, whose, what, decided, state, times, Optional.ofNullable(row.text())));
    }

    private static Sums sums(Row row) throws SQLException {
        return new Sums(
                money(row.decimal(), row.text()),
                Optional.ofNullable(row.text()),
                Optional.ofNullable(row.text()).map(Side::valueOf),
                Optional.ofNullable(row.text()).map(PositionEffect::valueOf),
                Optional.ofNullable(row.decimal()).map(BigDecimal::stripTrailingZeros),
                Optional.ofNullable(row.decimal()).map(BigDecimal::stripTrailingZeros));
    }

    private static List<String> reasons(String words) {
        return words.isEmpty() ? List.of() : List.of(words.split(" "));
    }

    private static Optional<Money> money(BigDecimal value, String code) {
        return Optional.ofNullable(value).map(known -> {
            Currency currency = Currency.getInstance(code);
            return new Money(known.setScale(Math.max(0, currency.getDefaultFractionDigits())), currency);
        });
    }
}
