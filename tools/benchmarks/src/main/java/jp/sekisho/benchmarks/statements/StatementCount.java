package jp.sekisho.benchmarks.statements;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
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
import jp.sekisho.benchmarks.statements.StatementLog.Transaction;

/** What one login makes the database execute: begin and commit not counted, a JDBC batch once. */
public final class StatementCount {

    private static final int MOST = 8;
    private static final int SHOWN = 170;

    /** Whoever touches these for reading is a worker of ours, not a login: cursors, the outbox but for putting in. */
    private static final List<String> WORKERS = List.of(
            "sekisho_cursor",
            "from sekisho_outbox",
            "update sekisho_outbox",
            "sekisho_logout",
            "sekisho_exemption",
            "sekisho_realm_key rke1_0 order by",
            "component ce1_0 where ce1_0.provider_type",
            "sekisho_access_version");

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
        try (StatementLog log = new StatementLog(tables, file)) {
            log.settle();
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
        try (StatementLog log = new StatementLog(tables, file)) {
            log.settle();
            List<String> all = median(log, lane, times);
            report.add(Result.atMost("SQL statements, " + lane.name(), all.size(), most, ""));
            report.note("## Statements, " + lane.name() + "\n\n" + difference(all, List.of()));
        }
    }

    private List<String> median(StatementLog log, Lane lane, int logins) throws IOException, InterruptedException {
        List<List<String>> all = new ArrayList<>();
        for (int i = 0; i < logins; i++) {
            long position = log.position();
            lane.act().run(http, lane, lane.customers().get(i % lane.customers().size()));
            log.settle();
            all.add(log.since(position).stream()
                    .filter(transaction -> !ofWorker(transaction))
                    .flatMap(transaction -> transaction.statements().stream())
                    .toList());
        }
        return all.stream().sorted(Comparator.comparing(List::size)).toList().get(logins / 2);
    }

    private static boolean ofWorker(Transaction transaction) {
        return WORKERS.stream().anyMatch(transaction::touches);
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
