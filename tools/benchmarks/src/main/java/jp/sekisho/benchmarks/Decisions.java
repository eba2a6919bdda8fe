package jp.sekisho.benchmarks;

import java.nio.file.Path;
import jp.sekisho.benchmarks.access.RulesBenchmark;
import jp.sekisho.benchmarks.geo.LookupBenchmark;
import jp.sekisho.benchmarks.report.Report;
import jp.sekisho.benchmarks.report.Result;
import jp.sekisho.benchmarks.risk.AssessBenchmark;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The microbenchmarks: nothing but CPU. */
final class Decisions {

    private static final double DECISION_MICROS = 20;
    private static final double LOOKUP_MICROS = 10;
    private static final double RULES_MICROS = 10;
    private static final double MEDIAN = 50;

    private final Report report;
    private final Path work;

    Decisions(Report report, Path work) {
        this.report = report;
        this.work = work;
    }

    void run() throws RunnerException {
        var options = new OptionsBuilder()
                .include(AssessBenchmark.class.getName() + ".decide")
                .include(LookupBenchmark.class.getName())
                .include(RulesBenchmark.class.getName())
                .jvmArgsAppend("-D" + LookupBenchmark.FILES + '=' + work.resolve("geolite2"))
                .verbosity(VerboseMode.SILENT)
                .resultFormat(ResultFormatType.JSON)
                .result(work.resolve("jmh.json").toString())
                .build();
        for (RunResult run : new Runner(options).run()) {
            double median = run.getPrimaryResult().getStatistics().getPercentile(MEDIAN);
            if (run.getParams().getBenchmark().startsWith(LookupBenchmark.class.getName())) {
                report.add(Result.atMost("Geo look-up, City and ASN, median", median, LOOKUP_MICROS, "µs"));
            } else if (run.getParams().getBenchmark().startsWith(RulesBenchmark.class.getName())) {
                report.add(Result.atMost("A million access rules, look-up, median", median, RULES_MICROS, "µs"));
            } else {
                String who = run.getParams().getParam("who");
                report.add(Result.atMost(
                        "Decision with a full history (" + who + "), median", median, DECISION_MICROS, "µs"));
            }
        }
    }
}
