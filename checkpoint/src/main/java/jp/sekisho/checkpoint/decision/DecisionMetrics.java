package jp.sekisho.checkpoint.decision;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jp.sekisho.policies.decision.Decision;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;

/** What an operator watches: how many decisions of which kind, and how their risk is spread. */
public final class DecisionMetrics {

    /** About a nat apart: the probability is σ of the score. */
    private static final double[] RISKS = {1, 3, 10, 30, 100, 300, 500, 700, 900, 970, 990, 997};

    /** Buckets are told apart by whole numbers only. */
    private static final int PER_MILLE = 1000;

    private static final DecisionMetrics GLOBAL = new DecisionMetrics(Metrics.globalRegistry);

    private record Spread(String realm, Operation operation) {

        Tags tags() {
            return Tags.of("realm", realm, "operation", word(operation));
        }
    }

    private record Kind(Spread of, Outcome outcome, Level level, boolean enforced) {

        static Kind of(Spread of, Decision decision) {
            return new Kind(of, decision.outcome(), decision.risk().level(), decision.enforced());
        }

        Tags tags() {
            return of.tags()
                    .and("decision", word(outcome))
                    .and("level", word(level))
                    .and("enforced", Boolean.toString(enforced));
        }
    }

    private final MeterRegistry registry;

    /** The registry finds a meter by its tags again, at each decision, for more than counting costs. */
    private final Map<Kind, Counter> counters = new ConcurrentHashMap<>();

    private final Map<Spread, DistributionSummary> risks = new ConcurrentHashMap<>();

    DecisionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public static DecisionMetrics global() {
        return GLOBAL;
    }

    /**
     * A decision is in the evidence log, or commits with the request.
     *
     * @param realm by its name
     */
    public void decided(String realm, Operation operation, Decision decision) {
        Spread spread = new Spread(realm, operation);
        counters.computeIfAbsent(Kind.of(spread, decision), kind -> registry.counter("sekisho.decisions", kind.tags()))
                .increment();
        risks.computeIfAbsent(spread, this::summary).record(decision.risk().probability());
    }

    private DistributionSummary summary(Spread spread) {
        return DistributionSummary.builder("sekisho.risk")
                .description("Probability of risk, in thousandths")
                .tags(spread.tags())
                .scale(PER_MILLE)
                .serviceLevelObjectives(RISKS)
                .register(registry);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
