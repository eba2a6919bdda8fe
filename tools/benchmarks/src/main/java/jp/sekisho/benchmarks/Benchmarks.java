package jp.sekisho.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import jp.sekisho.benchmarks.report.Report;

/**
 * Measures what the checkpoint costs and prints one table.
 *
 * <p>Arguments: effort ({@code quick}, {@code brief} or {@code full}), parts ({@code decide,login,passkey,access,history,outbox,operations,signals}), directory for
 * everything that is written. A missed target is no failure of the build: the table says so.
 */
public final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) throws Exception {
        Effort effort = Effort.of(arguments[0]);
        Set<String> parts = Set.of(arguments[1].split(","));
        Path directory = Path.of(arguments[2]).toAbsolutePath();
        Path work = Files.createDirectories(directory.resolve("benchmarks"));
        Report report = new Report(System.out, Clock.systemDefaultZone());
        if (parts.contains("decide")) {
            new Decisions(report, work).run();
        }
        if (parts.stream().anyMatch(part -> !part.equals("decide"))) {
            new Servers(effort, parts, report, work).run();
        }
        report.finish(directory.resolve("benchmarks.md"));
    }
}
