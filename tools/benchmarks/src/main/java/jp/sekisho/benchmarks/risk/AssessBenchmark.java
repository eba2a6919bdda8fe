package jp.sekisho.benchmarks.risk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.risk.Account;
import jp.sekisho.policies.risk.History;
import jp.sekisho.policies.risk.Population;
import jp.sekisho.policies.risk.Risk;
import jp.sekisho.policies.risk.RiskEngine;
import jp.sekisho.policies.risk.RiskPolicy;
import jp.sekisho.policies.risk.Statistic;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One decision with a full history; the percentiles are of single calls. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AssessBenchmark {

    @Param({"usual", "stranger", "withheld"})
    public String who;

    private final RiskPolicy policy = RiskPolicy.standard();
    private final Account account = new Account(Instant.parse("2024-01-01T00:00:00Z"), Optional.of("JP"));
    private List<Statistic> rows;
    private Population realm;
    private Evidence evidence;
    private History history;

    @Setup
    public void setUp() {
        rows = FullHistory.rows();
        realm = FullHistory.realm();
        evidence = switch (who) {
            case "usual" -> FullHistory.usual();
            case "stranger" -> FullHistory.stranger();
            default -> FullHistory.withheld();
        };
        history = History.of(account, rows, FullHistory.NOW, policy.halfLife());
    }

    /** From the rows as they come from the database to the decision. */
    @Benchmark
    public Risk decide() {
        History read = History.of(account, rows, FullHistory.NOW, policy.halfLife());
        return RiskEngine.assess(evidence, read, realm, policy);
    }

    /** The assessment alone. */
    @Benchmark
    public Risk assess() {
        return RiskEngine.assess(evidence, history, realm, policy);
    }
}
