package jp.sekisho.checkpoint.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.stream.Stream;
import jp.sekisho.policies.decision.Decision;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Risk;
import org.junit.jupiter.api.Test;

class DecisionMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DecisionMetrics metrics = new DecisionMetrics(registry);

    @Test
    void decisionsAreCountedByOperationOutcomeAndLevel() {
        metrics.decided("broker", Operation.LOGIN, decision(Outcome.ALLOW, Level.LOW, 0.01));
        metrics.decided("broker", Operation.LOGIN, decision(Outcome.ALLOW, Level.LOW, 0.02));
        metrics.decided("broker", Operation.BANK_ACCOUNT_CHANGE, decision(Outcome.STEP_UP, Level.MEDIUM, 0.2));

        assertThat(registry.get("sekisho.decisions")
                        .tags("realm", "broker", "operation", "login", "decision", "allow", "level", "low")
                        .tag("enforced", "true")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("sekisho.decisions")
                        .tags("operation", "bank-account-change", "decision", "step-up", "level", "medium")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void theRiskFallsIntoBuckets() {
        metrics.decided("broker", Operation.LOGIN, decision(Outcome.ALLOW, Level.LOW, 0.002));
        metrics.decided("broker", Operation.LOGIN, decision(Outcome.DENY, Level.HIGH, 0.98));

        var risk = registry.get("sekisho.risk").tag("operation", "login").summary();
        assertThat(risk.count()).isEqualTo(2);
        assertThat(risk.totalAmount()).isEqualTo(982, within(1e-6));
        assertThat(Stream.of(risk.takeSnapshot().histogramCounts())
                        .filter(bucket -> bucket.count() == 1)
                        .map(CountAtBucket::bucket))
                .contains(3.0, 970.0)
                .doesNotContain(1.0, 990.0);
    }

    private static Decision decision(Outcome outcome, Level level, double probability) {
        Risk risk = new Risk(0, probability, false, level, List.of(), List.of());
        return new Decision(outcome, Requirement.NOTHING, risk, true, "1");
    }
}
