package jp.sekisho.policies.anomaly;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Risk;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.risk.Signal.Block;

/**
 * How unusual an operation of a trading app is for this customer: the sum of blocks, each a fact of its own and bounded. All of
 * them only raise.
 */
// FFAJ-3-S2, JP25-9
public final class Anomaly {

    private static final Comparator<Signal> HEAVIEST_FIRST = Comparator.comparingDouble(Signal::nats)
            .reversed()
            .thenComparing(Signal::reason)
            .thenComparing(Signal::block);

    private static final List<Function<Matter, Stream<Signal>>> RULES = List.of(
            MoneyRules::judge,
            PayeeRules::judge,
            ChangeRules::judge,
            MarketRules::judge,
            ConductRules::judge,
            SessionRules::judge);

    private Anomaly() {}

    /** How unusual it is, and whether it is unlike the customer or he is not known enough. Pure. */
    public static Conduct judge(OperationSight sight, Past past, AnomalyPolicy policy) {
        Risk risk = assess(sight, past, policy);
        return new Conduct(risk, likeness(risk, new Matter(sight, past, policy)));
    }

    /** Whether it counts in such an operation when something of the customer changed: of an order nobody need ask. */
    public static boolean weighsChanges(Operation operation) {
        return ChangeRules.weigh(operation);
    }

    private static Likeness likeness(Risk risk, Matter matter) {
        double unlike = risk.signals().stream()
                .filter(Anomaly::speaksAgainst)
                .mapToDouble(Signal::nats)
                .sum();
        if (unlike >= matter.policy().cuts().medium()) {
            return Likeness.UNUSUAL;
        }
        return risk.signals().stream().anyMatch(signal -> signal.reason() == Reason.FEW_OPERATIONS)
                ? MoneyRules.confirmed(matter)
                : Likeness.USUAL;
    }

    /** That somebody did little before is why he is asked, and no fact about a thief. */
    private static boolean speaksAgainst(Signal signal) {
        return signal.nats() > 0 && signal.reason() != Reason.FEW_OPERATIONS;
    }

    /**
     * Pure: the same arguments give the same risk. A way out is never unusual.
     *
     * @param sight what is known of the operation
     * @param past what is known of the customer
     * @param policy the numbers
     */
    public static Risk assess(OperationSight sight, Past past, AnomalyPolicy policy) {
        Matter matter = new Matter(sight, past, policy);
        List<Signal> signals = new ArrayList<>();
        Set<Block> raised = EnumSet.noneOf(Block.class);
        double score = 0;
        if (!wayOut(sight)) {
            Map<Block, List<Signal>> found =
                    RULES.stream().flatMap(rules -> rules.apply(matter)).collect(Collectors.groupingBy(Signal::block));
            for (Map.Entry<Block, List<Signal>> block : found.entrySet()) {
                signals.addAll(capped(block.getValue(), cap(block.getKey(), policy.caps())));
            }
        }
        signals.sort(HEAVIEST_FIRST);
        for (Signal signal : signals) {
            score += signal.nats();
            if (speaksAgainst(signal)) {
                raised.add(signal.block());
            }
        }
        Level level = level(score, raised.size() >= 2 || PayeeRules.hostile(matter), policy);
        return risk(score, level, signals, notCollected(matter), policy);
    }

    /**
     * What speaks against the session and against the operation, together. Pure, and never less than either: a session that is
     * just like the customer does not make up for an operation that is not.
     *
     * @param session by what is known of the login and the place
     * @param operation by what the customer did before
     */
    public static Risk join(Risk session, Risk operation, AnomalyPolicy policy) {
        double score = Math.max(0, session.score()) + operation.score();
        List<Signal> signals = Stream.concat(session.signals().stream(), operation.signals().stream())
                .sorted(HEAVIEST_FIRST)
                .toList();
        Level worse = worse(session.level(), operation.level());
        long raised = signals.stream()
                .filter(Anomaly::speaksAgainst)
                .map(Signal::block)
                .distinct()
                .count();
        Level together = level(score, raised >= 2 || worse == Level.HIGH, policy);
        return risk(
                score,
                worse(worse, together),
                signals,
                Stream.concat(session.notCollected().stream(), operation.notCollected().stream())
                        .distinct()
                        .toList(),
                policy);
    }

    private static Level worse(Level one, Level other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private static Risk risk(
            double score, Level level, List<Signal> signals, List<String> notCollected, AnomalyPolicy policy) {
        double odds = policy.fit().a() * score + policy.fit().b();
        return new Risk(score, 1 / (1 + Math.exp(-odds)), policy.fit().calibrated(), level, signals, notCollected);
    }

    private static boolean wayOut(OperationSight sight) {
        return sight.operation() == Operation.TRADE && sight.details().wayOut();
    }

    /** The heaviest ones in full; the others explain, and add what the cap leaves. */
    private static List<Signal> capped(List<Signal> signals, double cap) {
        List<Signal> capped = new ArrayList<>(signals.size());
        double left = cap;
        for (Signal signal : signals.stream().sorted(HEAVIEST_FIRST).toList()) {
            double nats = Math.min(left, signal.nats());
            capped.add(new Signal(signal.reason(), signal.block(), nats));
            left -= nats;
        }
        return capped;
    }

    private static double cap(Block block, AnomalyPolicy.Caps caps) {
        return switch (block) {
            case MONEY -> caps.money();
            case PAYEE -> caps.payee();
            case CHANGES -> caps.changes();
            case MARKET -> caps.market();
            case CONDUCT -> caps.conduct();
            case SESSION -> caps.session();
            case PLACE, CLIENT, DEVICE, RULE -> 0;
        };
    }

    private static Level level(double score, boolean supported, AnomalyPolicy policy) {
        if (score >= policy.cuts().high() && supported) {
            return Level.HIGH;
        }
        return score >= policy.cuts().medium() ? Level.MEDIUM : Level.LOW;
    }

    private static List<String> notCollected(Matter matter) {
        Details details = matter.details();
        List<String> names = new ArrayList<>();
        note(names, matter, "amount", Particular.AMOUNT, details.amount());
        note(names, matter, "payee", Particular.PAYEE, details.payee());
        note(names, matter, "available", Particular.AVAILABLE, details.available());
        note(names, matter, "instrument", Particular.INSTRUMENT, details.instrument());
        note(names, matter, "quantity", Particular.QUANTITY, details.quantity());
        note(names, matter, "holdingsShare", Particular.HOLDINGS_SHARE, details.holdingsShare());
        note(names, matter, "dailyTurnover", Particular.DAILY_TURNOVER, details.dailyTurnover());
        if (matter.sight().session() instanceof Field.NotCollected<?>) {
            names.add("session");
        }
        if (matter.sight().signals() instanceof Field.NotCollected<?>) {
            names.add("signals");
        }
        return names;
    }

    private static void note(List<String> names, Matter matter, String name, Particular particular, Optional<?> value) {
        if (value.isEmpty() && !matter.withheld(particular, value)) {
            names.add(name);
        }
    }
}
