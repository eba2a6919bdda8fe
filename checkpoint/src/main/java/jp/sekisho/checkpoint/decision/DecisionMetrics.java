package jp.sekisho.checkpoint.decision;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import jp.sekisho.policies.decision.Decision;
import jp.sekisho.policies.operation.Operation;

/** What an operator watches: how many decisions of which kind, and how their risk is spread. */
public final class DecisionMetrics {

    /** About a nat apart: the probability is σ of the score. */
    private static final double[] RISKS = {1, 3, 10, 30, 100, 300, 500, 700, 900, 970, 990, 997};

    /** Buckets are told apart by whole numbers only. */
    private static final int PER_MILLE = 1000;

    private final MeterRegistry registry;

    DecisionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    public static DecisionMetrics global() {
        return new DecisionMetrics(Metrics.globalRegistry);
    }

    /**
     * A decision is in the evidence log, or commits with the request.
     *
     * @param realm by its name
     */
    public void decided(String realm, Operation operation, Decision decision) {
        Tags what = Tags.of("realm", realm, "operation", word(operation));
        registry.counter(
                        "sekisho.decisions",
                        what.and("decision", word(decision.outcome()))
                                .and("level", word(decision.risk().level()))
                                .and("enforced", Boolean.toString(decision.enforced())))
                .increment();
        DistributionSummary.builder("sekisho.risk")
                .description("Probability of risk, in thousandths")
                .tags(what)
                .scale(PER_MILLE)
                .serviceLevelObjectives(RISKS)
                .register(registry)
                .record(decision.risk().probability());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
