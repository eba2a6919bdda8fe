package jp.sekisho.tools.backtest;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import jp.sekisho.tools.backtest.Result.Group;

/** The results as a table to read and as CSV. */
final class Report {

    private Report() {}

    static void print(PrintWriter out, List<Result> results) {
        for (Result result : results) {
            out.println();
            out.printf(
                    "%s: %s (threshold %s)%n",
                    result.model().label(), result.criterion(), Text.number(result.threshold()));
            out.printf(
                    Locale.ROOT,
                    "  %-14s %10s %10s %10s   %10s %10s %10s%n",
                    "earlier logins",
                    "attacks",
                    "stopped",
                    "",
                    "honest",
                    "asked",
                    "");
            for (Group group : result.groups()) {
                out.printf(
                        Locale.ROOT,
                        "  %-14s %,10d %,10d %10s   %,10d %,10d %10s%n",
                        group.label(),
                        group.attacks(),
                        group.stopped(),
                        Text.percent(group.stoppedShare()),
                        group.honest(),
                        group.asked(),
                        Text.percent(group.askedShare()));
            }
        }
        out.flush();
    }

    static void csv(Path file, List<Result> results) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(file)) {
            csv.writeRecord(
                    "model",
                    "criterion",
                    "threshold",
                    "earlier logins",
                    "attacks",
                    "attacks stopped",
                    "share stopped",
                    "honest logins",
                    "honest asked",
                    "share asked");
            for (Result result : results) {
                for (Group group : result.groups()) {
                    csv.writeRecord(
                            result.model().label(),
                            result.criterion(),
                            plain(result.threshold()),
                            group.label(),
                            Integer.toString(group.attacks()),
                            Integer.toString(group.stopped()),
                            plain(group.stoppedShare()),
                            Integer.toString(group.honest()),
                            Integer.toString(group.asked()),
                            plain(group.askedShare()));
                }
            }
        }
    }

    private static String plain(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
