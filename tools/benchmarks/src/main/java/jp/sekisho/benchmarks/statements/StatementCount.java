package jp.sekisho.benchmarks.statements;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import jp.sekisho.benchmarks.login.Lane;
import jp.sekisho.benchmarks.report.Report;
import jp.sekisho.benchmarks.report.Result;
import jp.sekisho.benchmarks.site.Tables;
import jp.sekisho.stack.postgres.StatementLog;
import jp.sekisho.stack.postgres.StatementLog.Recording;
import jp.sekisho.stack.postgres.StatementLog.Transaction;

/** What one login makes the database execute: begin and commit not counted, a JDBC batch once. */
public final class StatementCount {

    private static final int MOST = 8;
    private static final int SHOWN = 170;

    /** So long a login may still be followed by writes that Keycloak does a little later. */
    private static final Duration QUIET = Duration.ofMillis(1500);

    private final Report report;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    public StatementCount(Report report) {
        this.report = report;
    }

    public static Map<String, String> settings(Path log) {
        return StatementLog.settings(log);
    }

    /** Logs in a few times in both lanes, one login at a time, and compares the median logins. */
    public void run(Tables tables, Path file, Lane guarded, Lane stock, int logins) throws Exception {
        try (Recording log = tables.statements(file).record()) {
            settle();
            List<String> ours = median(log, guarded, logins);
            List<String> theirs = median(log, stock, logins);
            report.add(Result.info("SQL statements of a login, stock", theirs.size(), ""));
            report.add(Result.info("SQL statements of a login, known device", ours.size(), ""));
            report.add(Result.atMost("SQL statements more than stock", (double) ours.size() - theirs.size(), MOST, ""));
            report.note("## Statements of a login beyond stock\n\n" + difference(ours, theirs));
            report.note("## Statements of a login with stock flow only\n\n" + difference(theirs, ours));
        }
    }

    /** The median of what is done a few times, once at a time. @param most statements */
    public void run(Tables tables, Path file, Lane lane, int times, int most) throws Exception {
        try (Recording log = tables.statements(file).record()) {
            settle();
            List<String> all = median(log, lane, times);
            report.add(Result.atMost("SQL statements, " + lane.name(), all.size(), most, ""));
            report.note("## Statements, " + lane.name() + "\n\n" + difference(all, List.of()));
        }
    }

    private List<String> median(Recording log, Lane lane, int logins) throws IOException, InterruptedException {
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < logins; i++) {
            long position = log.position();
            lane.act().run(http, lane, lane.customers().get(i % lane.customers().size()));
            settle();
            all.add(log.since(position).stream()
                    .filter(transaction -> !transaction.ofWorker())
                    .map(Transaction::batched)
                    .flatMap(List::stream)
                    .toList());
        }
        return all.stream().sorted(Comparator.comparing(List::size)).toList().get(logins / 2);
    }

    private static void settle() throws InterruptedException {
        Thread.sleep(QUIET.toMillis());
    }

    private static String difference(List<String> more, List<String> less) {
        Map<String, Integer> left = new TreeMap<>();
        more.forEach(sql -> left.merge(sql, 1, Integer::sum));
        less.forEach(sql -> left.computeIfPresent(sql, (same, times) -> times - 1));
        return left.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> "- " + entry.getValue() + " × `" + shortened(entry.getKey()) + '`')
                .collect(Collectors.joining("\n"));
    }

    private static String shortened(String sql) {
        int from = sql.toLowerCase(Locale.ROOT).indexOf(" from ");
        String text = sql.startsWith("select") && from > 0 ? "select …" + sql.substring(from) : sql;
        return text.length() > SHOWN ? text.substring(0, SHOWN) + '…' : text;
    }
}
