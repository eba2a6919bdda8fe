package jp.sekisho.policies.anomaly;

import static jp.sekisho.policies.anomaly.Matter.signal;
import static jp.sekisho.policies.anomaly.Matter.withheld;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.policies.anomaly.AnomalyPolicy.Thresholds;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Details.Side;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.risk.Signal.Block;

/** What is traded: hijacked accounts push a name that few trade. */
// JP25-9
final class MarketRules {

    private final Matter matter;
    private final Details details;
    private final AnomalyPolicy policy;

    private MarketRules(Matter matter) {
        this.matter = matter;
        this.details = matter.details();
        this.policy = matter.policy();
    }

    static Stream<Signal> judge(Matter matter) {
        if (!matter.order()) {
            return Stream.empty();
        }
        MarketRules rules = new MarketRules(matter);
        return Stream.of(rules.instrument(), rules.turnover()).flatMap(Optional::stream);
    }

    private Optional<Signal> instrument() {
        double nats = policy.weights().newInstrument();
        if (details.instrument().isEmpty()) {
            return missing(Particular.INSTRUMENT, details.instrument(), nats);
        }
        List<Details> orders = matter.settled()
                .filter(before -> before.operation() == Operation.TRADE)
                .map(PastOperation::details)
                .toList();
        // To who traded little everything is new: one fact, and it is told as such.
        boolean usual = orders.size() < policy.baseline().operations()
                || orders.stream().anyMatch(before -> before.instrument().equals(details.instrument()));
        return usual ? Optional.empty() : Optional.of(signal(Block.MARKET, Reason.NEW_INSTRUMENT, nats));
    }

    private Optional<Signal> turnover() {
        if (!buys(details)) {
            return Optional.empty();
        }
        double most = policy.weights().thinInstrument();
        Optional<Signal> missing = missing(Particular.DAILY_TURNOVER, details.dailyTurnover(), most);
        if (missing.isPresent() || details.dailyTurnover().isEmpty()) {
            return missing;
        }
        if (details.amount().isEmpty()) {
            return missing(Particular.AMOUNT, details.amount(), most);
        }
        Money turnover = details.dailyTurnover().get();
        double share = Shares.of(bought(details.amount().get()), turnover);
        Thresholds thresholds = policy.thresholds();
        if (share <= thresholds.thin()) {
            return Optional.empty();
        }
        double steps = Math.log(share / thresholds.thin()) / Math.log(thresholds.thick() / thresholds.thin());
        return Optional.of(signal(Block.MARKET, Reason.THIN_INSTRUMENT, most * Math.min(1, steps)));
    }

    /** With what was bought shortly before: a large order in small parts is a large order. */
    private Money bought(Money amount) {
        BigDecimal sum = matter.opened()
                .filter(before -> before.operation() == Operation.TRADE)
                .filter(before -> matter.within(policy.windows().accumulation()).test(before.at()))
                .map(PastOperation::details)
                .filter(before -> buys(before) && same(before))
                .flatMap(before -> before.amount().stream())
                .filter(before -> before.currency().equals(amount.currency()))
                .map(Money::value)
                .reduce(amount.value(), BigDecimal::add);
        return new Money(sum, amount.currency());
    }

    /** Where one of the two does not say what it is about, it may be the same. */
    private boolean same(Details before) {
        return details.instrument().isEmpty()
                || before.instrument().isEmpty()
                || before.instrument().equals(details.instrument());
    }

    private static boolean buys(Details order) {
        return !order.side().equals(Optional.of(Side.SELL));
    }

    private Optional<Signal> missing(Particular particular, Optional<?> value, double worst) {
        return matter.withheld(particular, value) ? Optional.of(withheld(Block.MARKET, worst)) : Optional.empty();
    }
}
