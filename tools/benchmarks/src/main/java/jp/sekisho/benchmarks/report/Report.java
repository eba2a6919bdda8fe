package jp.sekisho.benchmarks.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The table, and what explains it. Progress goes to the console at once, the whole also to a file. */
public final class Report {

    private final PrintStream console;
    private final Clock clock;
    private final List<Result> results = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    public Report(PrintStream console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    public void progress(String text) {
        console.println(DateTimeFormatter.ofPattern("HH:mm:ss").format(ZonedDateTime.now(clock)) + "  " + text);
    }

    public void add(Result result) {
        results.add(result);
        progress(result.what() + ": " + result.measured()
                + (result.target().isEmpty() ? "" : " (" + result.target() + ")") + " " + result.verdict());
    }

    /** A paragraph of Markdown below the table. */
    public void note(String markdown) {
        notes.add(markdown);
    }

    public void finish(Path file) throws IOException {
        String table = results.stream()
                .map(result -> "| %s | %s | %s | %s |"
                        .formatted(result.what(), result.measured(), result.target(), result.verdict()))
                .collect(Collectors.joining("\n", "| what | measured | target | |\n|---|---|---|---|\n", "\n"));
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "# Benchmarks, "
                        + ZonedDateTime.now(clock.withZone(ZoneOffset.UTC)).format(DateTimeFormatter.ISO_LOCAL_DATE)
                        + "\n\n" + Machine.description() + "\n\n" + table + "\n" + String.join("\n\n", notes) + "\n");
        console.println();
        console.println(table);
        console.println(file);
    }
}
