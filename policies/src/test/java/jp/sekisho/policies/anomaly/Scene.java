package jp.sekisho.policies.anomaly;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Details.Action;
import jp.sekisho.policies.operation.Details.OrderType;
import jp.sekisho.policies.operation.Details.PositionEffect;
import jp.sekisho.policies.operation.Details.Side;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.Payee;
import jp.sekisho.policies.risk.Risk;
import jp.sekisho.policies.signal.SessionSignals;

/** A customer, and what somebody does in his name. Each step gives another scene. */
record Scene(OperationSight sight, Past past) {

    /** 21:00 in Tokyo. */
    static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    /** Of a firm that sells shares. */
    static final AnomalyPolicy POLICY = AnomalyTest.always(AnomalyPolicy.standard());

    static final Payee OWN_ACCOUNT = new Payee(
            "0001", "001", Payee.AccountType.ORDINARY, "1234567", "ｾｷｼﾖ ﾀﾛｳ", Optional.empty(), Optional.empty());

    private static final Details NOTHING = new Details(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Action.PLACE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Set.of());

    /** Somebody without a past, in a session that began an hour ago. */
    static Scene nobody() {
        return new Scene(
                new OperationSight(
                        Operation.WITHDRAWAL,
                        NOW,
                        NOTHING,
                        Field.of(new SessionSight(NOW.minus(Duration.ofHours(1)), false, false)),
                        Field.of(SessionSignals.NONE)),
                new Past(List.of(), Map.of(), KnownPayee.NOT_HIS));
    }

    Risk risk() {
        return risk(POLICY);
    }

    Risk risk(AnomalyPolicy policy) {
        return Anomaly.assess(sight, past, policy);
    }

    Likeness likeness() {
        return likeness(POLICY);
    }

    Likeness likeness(AnomalyPolicy policy) {
        return Anomaly.judge(sight, past, policy).likeness();
    }

    Scene did(Operation operation, Duration ago, Details details) {
        return having(new PastOperation(operation, NOW.minus(ago), details, false));
    }

    Scene confirmed(Operation operation, Duration ago, Details details) {
        return having(new PastOperation(operation, NOW.minus(ago), details, true));
    }

    private Scene having(PastOperation one) {
        List<PastOperation> more = new ArrayList<>(past.operations());
        more.add(one);
        return new Scene(sight, new Past(more, past.changes(), past.payee()));
    }

    Scene changed(Change change, Duration ago) {
        Map<Change, Instant> more = new EnumMap<>(Change.class);
        more.putAll(past.changes());
        more.put(change, NOW.minus(ago));
        return new Scene(sight, new Past(past.operations(), more, past.payee()));
    }

    Scene payee(KnownPayee payee) {
        return new Scene(sight, new Past(past.operations(), past.changes(), payee));
    }

    Scene paidFor(Duration ago, int paid, int others) {
        return payee(new KnownPayee(Optional.of(NOW.minus(ago)), paid, others));
    }

    Scene session(boolean device, boolean network, Duration ago) {
        return session(Field.of(new SessionSight(NOW.minus(ago), device, network)));
    }

    Scene session(Field<SessionSight> session) {
        return new Scene(
                new OperationSight(sight.operation(), sight.at(), sight.details(), session, sight.signals()), past);
    }

    Scene signals(Field<SessionSignals> signals) {
        return new Scene(
                new OperationSight(sight.operation(), sight.at(), sight.details(), sight.session(), signals), past);
    }

    Scene wants(Operation operation, Details details) {
        return new Scene(new OperationSight(operation, sight.at(), details, sight.session(), sight.signals()), past);
    }

    Scene saying(UnaryOperator<Details> other) {
        return wants(sight.operation(), other.apply(sight.details()));
    }

    Scene withdraws(long yen, long available) {
        return wants(Operation.WITHDRAWAL, withdrawal(yen, available));
    }

    Scene changesAccount() {
        return wants(
                Operation.BANK_ACCOUNT_CHANGE,
                new Sayings(NOTHING).payee(Optional.of(OWN_ACCOUNT)).details());
    }

    static Details withdrawal(long yen, long available) {
        return new Sayings(NOTHING)
                .amount(Optional.of(yen(yen)))
                .available(Optional.of(yen(available)))
                .payee(Optional.of(OWN_ACCOUNT))
                .details();
    }

    static Details order(Side side, String instrument, long yen, long quantity, long turnover) {
        return new Sayings(NOTHING)
                .amount(Optional.of(yen(yen)))
                .instrument(Optional.of(instrument))
                .side(Optional.of(side))
                .quantity(Optional.of(BigDecimal.valueOf(quantity)))
                .turnover(Optional.of(yen(turnover)))
                .details();
    }

    static Details saleOf(String share, long yen) {
        return new Sayings(order(Side.SELL, "7203", yen, 100, 90_000_000_000L))
                .share(Optional.of(new BigDecimal(share)))
                .details();
    }

    static Money yen(long yen) {
        return Money.of(Long.toString(yen), "JPY");
    }

    static UnaryOperator<Details> say(UnaryOperator<Sayings> change) {
        return details -> change.apply(new Sayings(details)).details();
    }

    /** The same details with one of them said otherwise. */
    record Sayings(Details details) {

        Sayings amount(Optional<Money> amount) {
            return with(amount, details.payee(), details.instrument(), details.side(), details.quantity());
        }

        Sayings payee(Optional<Payee> payee) {
            return with(details.amount(), payee, details.instrument(), details.side(), details.quantity());
        }

        Sayings instrument(Optional<String> instrument) {
            return with(details.amount(), details.payee(), instrument, details.side(), details.quantity());
        }

        Sayings side(Optional<Side> side) {
            return with(details.amount(), details.payee(), details.instrument(), side, details.quantity());
        }

        Sayings quantity(Optional<BigDecimal> quantity) {
            return with(details.amount(), details.payee(), details.instrument(), details.side(), quantity);
        }

        Sayings available(Optional<Money> available) {
            return with(details.positionEffect(), available, details.holdingsShare(), details.dailyTurnover());
        }

        Sayings share(Optional<BigDecimal> share) {
            return with(details.positionEffect(), details.available(), share, details.dailyTurnover());
        }

        Sayings turnover(Optional<Money> turnover) {
            return with(details.positionEffect(), details.available(), details.holdingsShare(), turnover);
        }

        Sayings effect(PositionEffect effect) {
            return with(Optional.of(effect), details.available(), details.holdingsShare(), details.dailyTurnover());
        }

        private Sayings with(
                Optional<Money> amount,
                Optional<Payee> payee,
                Optional<String> instrument,
                Optional<Side> side,
                Optional<BigDecimal> quantity) {
            return new Sayings(new Details(
                    amount,
                    payee,
                    instrument,
                    side,
                    details.positionEffect(),
                    details.action(),
                    Optional.of(OrderType.MARKET),
                    quantity,
                    details.available(),
                    details.holdingsShare(),
                    details.dailyTurnover(),
                    details.attributes()));
        }

        private Sayings with(
                Optional<PositionEffect> effect,
                Optional<Money> available,
                Optional<BigDecimal> share,
                Optional<Money> turnover) {
            return new Sayings(new Details(
                    details.amount(),
                    details.payee(),
                    details.instrument(),
                    details.side(),
                    effect,
                    details.action(),
                    details.orderType(),
                    details.quantity(),
                    available,
                    share,
                    turnover,
                    details.attributes()));
        }
    }
}
