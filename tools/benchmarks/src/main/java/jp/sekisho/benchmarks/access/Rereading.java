package jp.sekisho.benchmarks.access;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;
import jp.sekisho.benchmarks.login.Lane;
import jp.sekisho.benchmarks.login.Login;
import jp.sekisho.benchmarks.report.Report;
import jp.sekisho.benchmarks.report.Result;
import jp.sekisho.benchmarks.site.Customer;
import jp.sekisho.benchmarks.site.Site;

/**
 * How long a change of a realm's access rules takes to be in effect where there are many, and what they weigh: a rule is made as
 * the product makes it, and it is in effect when a customer whom it denies is let in no more.
 */
public final class Rereading {

    private static final double IN_EFFECT = 5;
    private static final int CHANGES = 5;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String REFUSED = "ログインを中止しました";
    private static final double MEGABYTE = 1 << 20;

    private final Site site;
    private final Lane lane;
    private final Report report;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param lane of the site; its customers are let in at once */
    public Rereading(Site site, Lane lane, Report report) {
        this.site = site;
        this.lane = lane;
        this.report = report;
    }

    /** The many deny networks that nobody logs in from. */
    public void run(int rules) throws Exception {
        // Who was refused must choose another password: each change is seen by another customer.
        Iterator<Customer> customers = lane.customers().iterator();
        long before = site.heap();
        site.tables().execute("""
                insert into sekisho_access_rule (id, realm_id, scope_kind, scope_of, effect, match_kind, matched, strict,
                    from_time, created_at, created_by, reason)
                select md5('rule' || g)::uuid::text, ?, 'REALM', '', 'DENY', 'NETWORK',
                    (240 + g / 65536) || '.' || (g / 256 % 256) || '.' || (g % 256) || '.0/24', false, 0, 0, 'benchmark',
                    'benchmark'
                from generate_series(0, ?) g""", lane.realm(), rules - 1);
        site.tables().execute("analyze sekisho_access_rule");
        double unspent = metric("sum");
        double whole = denied(customers.next(), false);
        double wholeReading = metric("sum") - unspent;
        double worst = 0;
        double reading = 0;
        for (int i = 0; i < CHANGES; i++) {
            double spent = metric("sum");
            worst = Math.max(worst, denied(customers.next(), true));
            reading += metric("sum") - spent;
        }
        long after = site.heap();
        report.add(
                Result.atMost("A change beside %,d access rules, in effect".formatted(rules), worst, IN_EFFECT, "s"));
        report.add(Result.info("The same, of it reading and compiling", reading / CHANGES, "s"));
        report.add(Result.info("%,d access rules, all read anew and in effect".formatted(rules), whole, "s"));
        report.add(Result.info("The same, of it reading and compiling", wholeReading, "s"));
        report.add(Result.info("%,d access rules on the heap".formatted(rules), (after - before) / MEGABYTE, "MiB"));
    }

    /**
     * Makes the rule that denies the customer's address.
     *
     * @param told whether it is said what was changed; all rules are read where it is not
     * @return seconds from its commit until he is refused
     */
    private double denied(Customer customer, boolean told) throws Exception {
        Login.run(http, lane, customer);
        String network = customer.address() + "/32";
        long now = System.currentTimeMillis();
        site.tables()
                .execute(
                        """
                with raised as (
                    insert into sekisho_access_version as v (realm_id, version) values (?, 1)
                    on conflict (realm_id) do update set version = v.version + excluded.version returning version),
                made as (
                    insert into sekisho_access_rule (id, realm_id, scope_kind, scope_of, effect, match_kind, matched,
                        strict, from_time, created_at, created_by, reason)
                    values (?, ?, 'REALM', '', 'DENY', 'NETWORK', ?, false, ?, ?, 'benchmark', 'benchmark'))
                insert into sekisho_access_change (realm_id, version, scope_kind, scope_of, match_kind, matched, changed_at)
                select ?, version, 'REALM', '', 'NETWORK', ?, ? from raised where ?""",
                        lane.realm(),
                        UUID.randomUUID().toString(),
                        lane.realm(),
                        network,
                        now,
                        now,
                        lane.realm(),
                        network,
                        now,
                        told);
        long start = System.nanoTime();
        while (!refused(customer)) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                throw new IOException("the change is not in effect after " + LONGEST);
            }
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private boolean refused(Customer customer) throws IOException, InterruptedException {
        try {
            Login.run(http, lane, customer);
            return false;
        } catch (IOException notLetIn) {
            if (notLetIn.getMessage().contains(REFUSED)) {
                return true;
            }
            throw notLetIn;
        }
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
