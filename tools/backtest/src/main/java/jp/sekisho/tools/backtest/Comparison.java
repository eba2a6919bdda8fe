package jp.sekisho.tools.backtest;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;

/** What was decided, beside what would have been, by operation, level and decision. */
// JP25-10
final class Comparison {

    /** What came out of it. */
    record Verdict(Level level, Outcome outcome) implements Comparable<Verdict> {

        @Override
        public int compareTo(Verdict other) {
            return Comparator.comparing(Verdict::level)
                    .thenComparing(Verdict::outcome)
                    .compare(this, other);
        }
    }

    private record Pair(Operation operation, Verdict before, Verdict after) implements Comparable<Pair> {

        @Override
        public int compareTo(Pair other) {
            return Comparator.comparing(Pair::operation)
                    .thenComparing(Pair::before)
                    .thenComparing(Pair::after)
                    .compare(this, other);
        }

        boolean changed() {
            return !before.equals(after);
        }
    }

    /** How many, of how many customers, and how many the customer disowned. */
    private static final class Tally {

        private long decisions;
        private long disowned;
        private final Set<String> customers = new HashSet<>();
    }

    private final Map<Pair, Tally> tallies = new TreeMap<>();

    private Comparison() {}

    static Comparison of(DecisionFile.Log log, PolicyFile policy) {
        Comparison comparison = new Comparison();
        for (PastDecision past : log.decisions()) {
            Thresholds thresholds = policy.over(past.profile());
            Level level = thresholds.level(past);
            Pair pair = new Pair(
                    past.operation(),
                    new Verdict(past.level(), past.outcome()),
                    new Verdict(level, thresholds.outcome(past, level)));
            Tally tally = comparison.tallies.computeIfAbsent(pair, none -> new Tally());
            tally.decisions++;
            tally.disowned += log.disowned().contains(past.id()) ? 1 : 0;
            tally.customers.add(past.customer());
        }
        return comparison;
    }

    void print(PrintWriter out) {
        for (Operation operation : operations()) {
            Map<Verdict, Long> before = counted(operation, Pair::before);
            Map<Verdict, Long> after = counted(operation, Pair::after);
            out.println();
            out.printf(Locale.ROOT, "%-30s %12s %12s%n", operation, "as it was", "would be");
            Stream.concat(before.keySet().stream(), after.keySet().stream())
                    .distinct()
                    .sorted()
                    .forEach(verdict -> out.printf(
                            Locale.ROOT,
                            "  %-28s %,12d %,12d%n",
                            words(verdict),
                            before.getOrDefault(verdict, 0L),
                            after.getOrDefault(verdict, 0L)));
            tallies.forEach((pair, tally) -> {
                if (pair.operation() == operation && pair.changed()) {
                    out.printf(
                            Locale.ROOT,
                            "  %s -> %s: %,d of %,d customers, %,d of them disowned%n",
                            words(pair.before()),
                            words(pair.after()),
                            tally.decisions,
                            tally.customers.size(),
                            tally.disowned);
                }
            });
        }
        out.flush();
    }

    private List<Operation> operations() {
        return tallies.keySet().stream().map(Pair::operation).distinct().toList();
    }

    private Map<Verdict, Long> counted(Operation operation, Function<Pair, Verdict> which) {
        Map<Verdict, Long> counted = new TreeMap<>();
        tallies.forEach((pair, tally) -> {
            if (pair.operation() == operation) {
                counted.merge(which.apply(pair), tally.decisions, Long::sum);
            }
        });
        return counted;
    }

    private static String words(Verdict verdict) {
        return verdict.level() + " " + verdict.outcome();
    }

    void csv(Path file) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            csv.writeRecord(
                    "operation",
                    "level before",
                    "decision before",
                    "level after",
                    "decision after",
                    "decisions",
                    "customers",
                    "disowned");
            tallies.forEach((pair, tally) -> csv.writeRecord(
                    pair.operation().name(),
                    pair.before().level().name(),
                    pair.before().outcome().name(),
                    pair.after().level().name(),
                    pair.after().outcome().name(),
                    Long.toString(tally.decisions),
                    Long.toString(tally.customers.size()),
                    Long.toString(tally.disowned)));
        }
    }
}
