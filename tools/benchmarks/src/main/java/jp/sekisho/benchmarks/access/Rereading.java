package jp.sekisho.benchmarks.access;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import jp.sekisho.benchmarks.report.Report;
import jp.sekisho.benchmarks.report.Result;
import jp.sekisho.benchmarks.site.Site;

/** How long a change of a realm's access rules takes to be in effect where there are many, and what they weigh. */
public final class Rereading {

    private static final double IN_EFFECT = 5;
    private static final int CHANGES = 5;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int POLL_MILLIS = 50;
    private static final double MEGABYTE = 1 << 20;

    private final Site site;
    private final Report report;
    private final HttpClient http = HttpClient.newHttpClient();

    public Rereading(Site site, Report report) {
        this.site = site;
        this.report = report;
    }

    /** The rules deny networks that nobody logs in from; they go in the end. */
    public void run(int rules) throws Exception {
        long before = site.heap();
        site.tables().execute("""
                insert into sekisho_access_rule (id, realm_id, scope_kind, scope_of, effect, match_kind, matched, strict,
                    from_time, created_at, created_by, reason)
                select md5('rule' || g)::uuid::text, ?, 'REALM', '', 'DENY', 'NETWORK',
                    (240 + g / 65536) || '.' || (g / 256 % 256) || '.' || (g % 256) || '.0/24', false, 0, 0, 'benchmark',
                    'benchmark'
                from generate_series(0, ?) g""", Site.GUARDED, rules - 1);
        site.tables().execute("analyze sekisho_access_rule");
        change();
        double worst = 0;
        double reading = 0;
        for (int i = 0; i < CHANGES; i++) {
            double spent = metric("sum");
            worst = Math.max(worst, change());
            reading += metric("sum") - spent;
        }
        long after = site.heap();
        report.add(
                Result.atMost("A change beside %,d access rules, in effect".formatted(rules), worst, IN_EFFECT, "s"));
        report.add(Result.info("The same, of it reading and compiling", reading / CHANGES, "s"));
        report.add(Result.info("%,d access rules on the heap".formatted(rules), (after - before) / MEGABYTE, "MiB"));
        site.tables()
                .execute(
                        "delete from sekisho_access_rule where realm_id = ? and created_by = 'benchmark'",
                        Site.GUARDED);
        change();
    }

    /** @return seconds from its commit to its effect */
    private double change() throws Exception {
        double reads = metric("count");
        site.tables().execute("""
                insert into sekisho_access_version (realm_id, version) values (?, 1)
                on conflict (realm_id) do update set version = sekisho_access_version.version + 1""", Site.GUARDED);
        long start = System.nanoTime();
        while (metric("count") == reads) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new IOException("the change is not in effect after " + LONGEST);
            }
            Thread.sleep(POLL_MILLIS);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private double metric(String what) throws IOException, InterruptedException {
        String name = "sekisho_access_read_seconds_" + what;
        return http.send(
                        HttpRequest.newBuilder(site.management().resolve("/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
