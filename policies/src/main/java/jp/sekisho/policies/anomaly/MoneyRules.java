package jp.sekisho.policies.anomaly;

import static jp.sekisho.policies.anomaly.Matter.signal;
import static jp.sekisho.policies.anomaly.Matter.withheld;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jp.sekisho.policies.anomaly.AnomalyPolicy.Weights;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Details.PositionEffect;
import jp.sekisho.policies.operation.Details.Side;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.risk.Signal.Block;

/** How much moves, for this customer. */
final class MoneyRules {

    private final Matter matter;
    private final Details details;
    private final AnomalyPolicy policy;
    private final Weights weights;

    private MoneyRules(Matter matter) {
        this.matter = matter;
        this.details = matter.details();
        this.policy = matter.policy();
        this.weights = policy.weights();
    }

    static Stream<Signal> judge(Matter matter) {
        MoneyRules rules = new MoneyRules(matter);
        if (matter.operation() == Operation.WITHDRAWAL) {
            return Stream.of(rules.amount(), rules.balance(), rules.soldOut()).flatMap(Optional::stream);
        } else if (matter.order()) {
            // One fact: how large the order is.
            Stream<Signal> size = Stream.of(rules.amount(), rules.quantity())
                    .flatMap(Optional::stream)
                    .max(Comparator.comparingDouble(Signal::nats))
                    .stream();
            return Stream.concat(size, buys(matter.details()) ? rules.soldOut().stream() : Stream.empty());
        }
        return matter.operation() == Operation.BANK_ACCOUNT_CHANGE ? rules.soldOut().stream() : Stream.empty();
    }

    private Optional<Signal> amount() {
        Optional<Signal> missing = missing(Particular.AMOUNT, details.amount(), weights.unusualAmount());
        if (missing.isPresent()) {
            return missing;
        }
        List<PastOperation> alike = matter.settled().filter(this::alike).toList();
        if (alike.size() < policy.baseline().operations()) {
            return Optional.of(signal(Block.MONEY, Reason.FEW_OPERATIONS, weights.fewOperations()));
        }
        return details.amount()
                .flatMap(amount -> unusual(
                        Reason.UNUSUAL_AMOUNT,
                        Baseline.of(amounts(alike.stream())),
                        amount.value(),
                        weights.unusualAmount()));
    }

    /** Of one kind, and of one currency where it is known. */
    private boolean alike(PastOperation before) {
        return before.operation() == matter.operation()
                && (details.amount().isEmpty()
                        || before.details()
                                .amount()
                                .map(Money::currency)
                                .equals(details.amount().map(Money::currency)));
    }

    private static Stream<BigDecimal> amounts(Stream<PastOperation> operations) {
        return operations.flatMap(before -> before.details().amount().stream()).map(Money::value);
    }

    /** Who did little before has one measure all the same: what he confirmed within the last day. */
    static Likeness confirmed(Matter matter) {
        return new MoneyRules(matter).confirmed();
    }

    private Likeness confirmed() {
        List<PastOperation> confirmed = matter.opened()
                .filter(PastOperation::confirmed)
                .filter(before -> matter.within(policy.windows().settled()).test(before.at()))
                .filter(this::alike)
                .toList();
        return details.amount()
                .map(amount -> beside(amounts(confirmed.stream()), amount.value()))
                .or(() -> details.quantity().map(quantity -> beside(quantities(confirmed.stream()), quantity)))
                .orElse(Likeness.UNKNOWN);
    }

    private Likeness beside(Stream<BigDecimal> confirmed, BigDecimal value) {
        return confirmed
                .max(Comparator.naturalOrder())
                .map(most -> Baseline.of(Stream.of(most))
                        .above(value, policy.baseline().spread()))
                .map(spreads -> spreads <= policy.baseline().tolerated() ? Likeness.USUAL : Likeness.UNUSUAL)
                .orElse(Likeness.UNKNOWN);
    }

    private Stream<BigDecimal> quantities(Stream<PastOperation> operations) {
        return operations
                .filter(before -> before.operation() == Operation.TRADE)
                .filter(before -> before.details().instrument().equals(details.instrument()))
                .flatMap(before -> before.details().quantity().stream());
    }

    private Optional<Signal> quantity() {
        Optional<Signal> missing = missing(Particular.QUANTITY, details.quantity(), weights.unusualSize())
                .or(() -> missing(Particular.INSTRUMENT, details.instrument(), weights.unusualSize()));
        if (missing.isPresent()
                || details.quantity().isEmpty()
                || details.instrument().isEmpty()) {
            return missing;
        }
        Baseline usual = Baseline.of(quantities(matter.settled()));
        return usual.count() < policy.baseline().operations()
                ? Optional.empty()
                : unusual(Reason.UNUSUAL_SIZE, usual, details.quantity().get(), weights.unusualSize());
    }

    private Optional<Signal> unusual(Reason reason, Baseline usual, BigDecimal value, double most) {
        double spreads = usual.above(value, policy.baseline().spread())
                - policy.baseline().tolerated();
        return spreads <= 0
                ? Optional.empty()
                : Optional.of(signal(
                        Block.MONEY, reason, Math.min(most, policy.baseline().slope() * spreads)));
    }

    private Optional<Signal> balance() {
        Optional<Signal> missing = missing(Particular.AVAILABLE, details.available(), weights.wholeBalance());
        if (missing.isPresent() || details.available().isEmpty()) {
            return missing;
        }
        if (details.amount().isEmpty()) {
            return missing(Particular.AMOUNT, details.amount(), weights.wholeBalance());
        }
        double from = policy.thresholds().balance();
        double share = Shares.of(details.amount().get(), details.available().get());
        return share <= from
                ? Optional.empty()
                : Optional.of(signal(
                        Block.MONEY,
                        Reason.WHOLE_BALANCE,
                        weights.wholeBalance() * Math.min(1, (share - from) / (1 - from))));
    }

    /** Who sold out just as much in the time before, as a day trader does each evening, does the usual. */
    private Optional<Signal> soldOut() {
        Instant since = matter.sight().at().minus(policy.windows().soldOut());
        Instant before = since.minus(policy.windows().soldOut());
        boolean lately = soldOut(at -> at.isAfter(since));
        boolean always = soldOut(at -> at.isAfter(before) && !at.isAfter(since));
        return lately && !always
                ? Optional.of(signal(Block.MONEY, Reason.SOLD_OUT, weights.soldOut()))
                : Optional.empty();
    }

    /** What several sales left over is a product: their order does not matter. */
    private boolean soldOut(Predicate<Instant> when) {
        double left = matter.past().operations().stream()
                .filter(before -> before.operation() == Operation.TRADE)
                .filter(before -> when.test(before.at()))
                .map(PastOperation::details)
                .filter(MoneyRules::sells)
                .mapToDouble(sale -> 1 - sold(sale))
                .reduce(1, (one, other) -> one * other);
        return 1 - left >= policy.thresholds().sold();
    }

    private double sold(Details sale) {
        if (sale.holdingsShare().isEmpty()) {
            return matter.withheld(Particular.HOLDINGS_SHARE, sale.holdingsShare()) ? 1 : 0;
        }
        return Math.max(0, Math.min(1, sale.holdingsShare().get().doubleValue()));
    }

    private static boolean sells(Details details) {
        return details.action() == Details.Action.PLACE
                && details.side().equals(Optional.of(Side.SELL))
                && !details.positionEffect().equals(Optional.of(PositionEffect.OPEN));
    }

    private static boolean buys(Details details) {
        return !details.side().equals(Optional.of(Side.SELL));
    }

    private Optional<Signal> missing(Particular particular, Optional<?> value, double worst) {
        return matter.withheld(particular, value) ? Optional.of(withheld(Block.MONEY, worst)) : Optional.empty();
    }
}
