package jp.sekisho.benchmarks;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import jp.sekisho.benchmarks.access.Rereading;
import jp.sekisho.benchmarks.geo.Geo;
import jp.sekisho.benchmarks.history.History;
import jp.sekisho.benchmarks.login.Lane;
import jp.sekisho.benchmarks.login.Load;
import jp.sekisho.benchmarks.login.Race;
import jp.sekisho.benchmarks.login.Round;
import jp.sekisho.benchmarks.operation.TradingApp;
import jp.sekisho.benchmarks.outbox.Drain;
import jp.sekisho.benchmarks.outbox.Receiver;
import jp.sekisho.benchmarks.report.Report;
import jp.sekisho.benchmarks.report.Result;
import jp.sekisho.benchmarks.site.KnownCustomers;
import jp.sekisho.benchmarks.site.MailSink;
import jp.sekisho.benchmarks.site.Site;
import jp.sekisho.benchmarks.site.Tables;
import jp.sekisho.benchmarks.statements.StatementCount;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.stack.geo.GeoLite2;
import jp.sekisho.stack.io.Trees;
import jp.sekisho.stack.keycloak.BuildOptions;
import jp.sekisho.stack.keycloak.BuildOptions.Database;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.StockDistribution;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.postgres.PostgresServer;

/** What needs servers: one Keycloak on a small database, and one on a large one where history is measured. */
final class Servers {

    private static final double THROUGHPUT = 0.90;
    private static final double GROWTH = 1.2;
    private static final double P95 = 0.95;
    private static final double P99 = 0.99;
    private static final double OPERATIONS = 0.5;
    private static final double OPERATION_P99 = 3;
    private static final int OPERATION_STATEMENTS = 6;
    private static final int EVENTS = 2000;
    private static final double NOTICE_SECONDS = 30;

    /** Twenty a second. */
    private static final Duration TRADES = Duration.ofMillis(50);

    /** A tenth more often than is asked for. */
    private static final Duration PACE = Duration.ofNanos(1_000_000_000L * TradingApp.EVENTS / (EVENTS * 11 / 10));

    private static final int REST_MILLIS = 100;
    private static final String PASSKEY = "passkey on a known device";
    private static final String STOCK_PASSKEY = "stock server's passkey";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Effort effort;
    private final Set<String> parts;
    private final Report report;
    private final Path work;

    Servers(Effort effort, Set<String> parts, Report report, Path work) {
        this.effort = effort;
        this.parts = parts;
        this.report = report;
        this.work = work;
    }

    void run() throws Exception {
        Trees.delete(work.resolve("servers"));
        Path directory = Files.createDirectories(work.resolve("servers"));
        Path statements = directory.resolve("postgres.json");
        GeoLite2 geoFiles = GeoLite2.unpackTo(work.resolve("geolite2"));
        report.progress("Keycloak is built");
        BuiltDistribution built = StockDistribution.fromSystemProperties()
                .build(BuildOptions.named("benchmarks", Database.POSTGRES)
                        .with("vault", "file")
                        .withProvidersIn(Path.of(System.getProperty("sekisho.providers"))));
        report.progress("Servers start");
        try (PostgresServer postgres = PostgresServer.start(settings(statements));
                MailSink mails = MailSink.start(Ports.free());
                Receiver receiver = new Receiver(directory.resolve("receiver"));
                Geo geo = new Geo(geoFiles);
                Load load = new Load(effort.clients())) {
            Sites sites = new Sites(built, directory, postgres, geoFiles, mails, receiver, effort.customers());
            if (Stream.of("login", "outbox", "history").anyMatch(parts::contains)) {
                withPasswords(sites, geo, load, receiver, statements);
            }
            if (parts.contains("access")) {
                try (Site ruled = sites.start("access")) {
                    report.progress("%,d access rules".formatted(effort.accessRules()));
                    Lane lane = guarded("known device", ruled, Site.GUARDED, geo);
                    load.run(lane, effort.warmUp());
                    new Rereading(ruled, lane, report).run(effort.accessRules());
                }
            }
            if (parts.contains("passkey")) {
                passkeys(sites, geo, load, statements);
            }
            if (parts.contains("signals")) {
                signals(sites, geo, load);
            }
            if (parts.contains("operations")) {
                operations(sites, geo, load, statements);
            }
        }
    }

    private void withPasswords(Sites sites, Geo geo, Load load, Receiver receiver, Path statements) throws Exception {
        try (Site small = sites.start("small")) {
            Lane guarded = guarded("known device", small, Site.GUARDED, geo);
            if (parts.contains("login")) {
                Lane stock = stock(small);
                logins(guarded, stock, load, small);
                new StatementCount(report).run(small.tables(), statements, guarded, stock, effort.countedLogins());
            }
            if (parts.contains("outbox")) {
                report.progress("Outbox");
                load.run(guarded, effort.warmUp());
                new Drain(small.tables(), receiver, report)
                        .run(guarded, load, effort.customers(), effort.webhooks(), effort.mails());
            }
            if (parts.contains("history")) {
                try (Site large = sites.start("large")) {
                    history(guarded, large, geo, load, small);
                }
            }
        }
    }

    /** @param built with the pack */
    private record Sites(
            BuiltDistribution built,
            Path directory,
            PostgresServer postgres,
            GeoLite2 geo,
            MailSink mails,
            Receiver receiver,
            int customers) {

        Site start(String name) throws IOException, SQLException {
            return Site.start(
                    built,
                    directory.resolve(name),
                    postgres.createDatabase(name),
                    geo,
                    mails.port(),
                    receiver.url(),
                    receiver.certificate(),
                    customers);
        }

        Site stock(String name) throws IOException, SQLException {
            return Site.stock(
                    StockDistribution.fromSystemProperties().build(BuildOptions.named("stock", Database.POSTGRES)),
                    directory.resolve(name),
                    postgres.createDatabase(name),
                    mails.port(),
                    customers);
        }
    }

    /** Commits wait for the disk, as a firm's do. */
    private static Map<String, String> settings(Path statements) {
        Map<String, String> settings = new HashMap<>(StatementCount.settings(statements));
        settings.put("fsync", "on");
        settings.put("full_page_writes", "on");
        settings.put("synchronous_commit", "on");
        settings.put("shared_buffers", "1GB");
        settings.put("max_wal_size", "8GB");
        return settings;
    }

    private Lane guarded(String name, Site site, String realm, Geo geo) throws Exception {
        var customers = new KnownCustomers(site.tables(), geo.provider(), Instant.now()).of(realm, effort.customers());
        return new Lane(name, site.base(), realm, customers, site::processorTime);
    }

    private Lane stock(Site site) {
        return new Lane(
                "stock flow", site.base(), Site.STOCK, KnownCustomers.unknown(effort.customers()), site::processorTime);
    }

    private void logins(Lane guarded, Lane stock, Load load, Site site) throws Exception {
        report.progress("Logins, " + effort.clients() + " clients");
        int half = effort.customers() / 2;
        Lane told = new Lane(
                "known device, mail at each login",
                guarded.server(),
                guarded.realm(),
                guarded.customers().subList(0, half),
                guarded.meter());
        Lane untold = new Lane(
                "known device, no mail chosen",
                guarded.server(),
                guarded.realm(),
                guarded.customers().subList(half, effort.customers()),
                guarded.meter());
        site.tables().chooseNoMailAtLogin(guarded.realm(), half);
        // More code to compile: the way of a mail.
        load.run(told, effort.warmUp());
        Race race = Race.run(
                List.of(stock, told, untold), load, effort.warmUp(), effort.rounds(), effort.round(), () -> rest(site));
        for (Lane lane : List.of(told, untold)) {
            report.add(Result.atLeast(
                    "Throughput of logins, " + lane.name() + ", of stock",
                    race.ratio(lane.name(), stock.name(), Round::throughput),
                    THROUGHPUT,
                    ""));
        }
        for (Lane lane : List.of(stock, told, untold)) {
            describe(race, lane.name());
        }
    }

    /** What profile jp-2025 costs beside the passkeys of a stock server: no hash is there to hide behind. */
    private void passkeys(Sites sites, Geo geo, Load load, Path statements) throws Exception {
        Race race = Race.none();
        for (int start = 1; start <= effort.starts(); start++) {
            // Servers that have not met these customers yet: they would not look for credentials that are in their
            // cache.
            try (Site ours = sites.start("passkeys-" + start);
                    Site theirs = sites.stock("stock-" + start)) {
                report.progress("Logins by passkey, %d clients, start %d".formatted(effort.clients(), start));
                Lane known = passkeys(PASSKEY, guarded(PASSKEY, ours, Site.PASSKEYS, geo), ours);
                Lane stock = passkeys(STOCK_PASSKEY, stock(theirs), theirs);
                ours.tables().chooseNoMailAtLogin(known.realm(), 0);
                race = race.and(Race.run(
                        List.of(stock, known),
                        load,
                        effort.warmUp(),
                        Math.max(1, effort.rounds() / 2),
                        effort.round(),
                        () -> rest(ours)));
                if (start == effort.starts()) {
                    new StatementCount(report).run(ours.tables(), statements, known, stock, effort.countedLogins());
                }
            }
        }
        report.add(Result.atLeast(
                "Throughput of logins by passkey, of a stock server's",
                race.ratio(PASSKEY, STOCK_PASSKEY, Round::throughput),
                THROUGHPUT,
                ""));
        for (String lane : List.of(STOCK_PASSKEY, PASSKEY)) {
            describe(race, lane);
        }
    }

    private static Lane passkeys(String name, Lane lane, Site site) throws SQLException {
        return new Lane(
                name,
                lane.server(),
                lane.realm(),
                site.tables().withPasskeys(lane.realm(), lane.customers()),
                lane.meter());
    }

    private void history(Lane few, Site large, Geo geo, Load load, Site small) throws Exception {
        Lane many = guarded("known device, " + effort.history() + " customers", large, Site.GUARDED, geo);
        report.progress("History of " + effort.history() + " customers");
        load.run(many, effort.warmUp());
        rest(large);
        new History(large.tables(), Site.GUARDED).add(effort.history() - effort.customers());
        report.progress("Logins beside " + effort.customers() + " and " + effort.history() + " customers");
        Race race = Race.run(List.of(few, many), load, effort.warmUp(), effort.rounds(), effort.round(), () -> {
            rest(small);
            rest(large);
        });
        report.add(Result.atMost(
                "p95 of a login beside %,d customers, of p95 beside %,d"
                        .formatted(effort.history(), effort.customers()),
                race.ratio(many.name(), few.name(), round -> round.percentile(P95)),
                GROWTH,
                ""));
        for (Lane lane : List.of(few, many)) {
            describe(race, lane.name());
        }
    }

    /** What pages notice comes in beside as many logins as there can be. */
    private void signals(Sites sites, Geo geo, Load load) throws Exception {
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try (Site site = sites.start("signals");
                Load pages = new Load(effort.clients())) {
            Lane customers = passkeys("customers", guarded("customers", site, Site.PASSKEYS, geo), site);
            site.tables().chooseNoMailAtLogin(customers.realm(), 0);
            Lane telling = customers.doing("signals", TradingApp.of(http, customers)::tell);
            report.progress("Signals beside logins");
            load.run(customers, effort.warmUp());
            pages.run(telling, effort.warmUp(), PACE);
            Round alone = load.run(customers, effort.warmUp());
            Future<Round> told = beside.submit(() -> pages.run(telling, effort.warmUp(), PACE));
            Round logins = load.run(customers, effort.warmUp());
            double events = told.get().throughput() * TradingApp.EVENTS;
            report.add(Result.atLeast("Signals beside logins, none left out", events, EVENTS, "a second"));
            report.add(Result.info("A batch of them, p95", told.get().percentile(P95), "ms"));
            report.add(Result.info("Logins by passkey alone", alone.throughput(), "a second"));
            report.add(Result.info("Logins by passkey beside signals", logins.throughput(), "a second"));
        } finally {
            beside.shutdownNow();
        }
    }

    /** What an operation costs beside Keycloak's own answer whether a token lives, and beside many operations of before. */
    private void operations(Sites sites, Geo geo, Load load, Path statements) throws Exception {
        try (Site empty = sites.start("operations")) {
            Lane customers = passkeys("customers", guarded("customers", empty, Site.PASSKEYS, geo), empty);
            TradingApp app = TradingApp.ofTraders(http, customers, empty.tables());
            Lane asked = customers.doing("an operation", app::propose);
            Lane introspected = customers.doing("introspection", app::introspect);
            report.progress("Operations, " + effort.clients() + " clients");
            Race race = Race.run(
                    List.of(introspected, asked),
                    load,
                    effort.warmUp(),
                    effort.rounds(),
                    effort.round(),
                    () -> rest(empty));
            report.add(Result.atLeast(
                    "Throughput of operations, of token introspection",
                    race.ratio(asked.name(), introspected.name(), Round::throughput),
                    OPERATIONS,
                    ""));
            report.add(Result.atMost(
                    "p99 of an operation, of an introspection's",
                    race.ratio(asked.name(), introspected.name(), round -> round.percentile(P99)),
                    OPERATION_P99,
                    ""));
            for (Lane lane : List.of(introspected, asked)) {
                describe("Request", race, lane.name());
                report.add(Result.info(
                        "Request, " + lane.name() + ", p99",
                        race.all(lane.name()).percentile(P99),
                        "ms"));
            }
            new StatementCount(report)
                    .run(empty.tables(), statements, asked, effort.countedLogins(), OPERATION_STATEMENTS);
            notices(customers.doing("executed orders", app::trade), asked, load, empty);
            try (Site large = sites.start("many-operations")) {
                besideMany(asked, large, geo, load, empty);
            }
        }
    }

    /** Customers are told of what was executed while apps ask as often as they can. */
    private void notices(Lane executed, Lane asked, Load load, Site site) throws Exception {
        ExecutorService beside = Executors.newSingleThreadExecutor();
        try (Load trading = new Load(effort.clients())) {
            report.progress("Notices of executed orders");
            Future<Round> told = beside.submit(() -> trading.run(executed, effort.warmUp(), TRADES));
            load.run(asked, effort.warmUp());
            double trades = told.get().throughput();
            rest(site);
            Tables.Sent sent = site.tables().sent(Notice.TRADED, P99);
            report.add(Result.atMost(
                    "Notice of an executed order, from its record to the mail server, p99",
                    sent.seconds(),
                    NOTICE_SECONDS,
                    "s"));
            report.add(Result.info("Such notices", sent.notices(), ""));
            report.add(Result.info("Executed orders", trades, "a second"));
        } finally {
            beside.shutdownNow();
        }
    }

    private void besideMany(Lane few, Site large, Geo geo, Load load, Site small) throws Exception {
        Lane customers = passkeys("customers", guarded("customers", large, Site.PASSKEYS, geo), large);
        TradingApp app = TradingApp.ofTraders(http, customers, large.tables());
        Lane many = customers.doing("an operation beside many", app::propose);
        load.run(many, effort.warmUp());
        rest(large);
        report.progress("%,d customers with %d operations each".formatted(effort.history(), effort.operations()));
        History history = new History(large.tables(), Site.PASSKEYS);
        history.add(effort.history() - effort.customers());
        history.addOperations(effort.operations());
        small.tables().execute("delete from sekisho_operation where state = 'ALLOWED'");
        Race race = Race.run(List.of(few, many), load, effort.warmUp(), effort.rounds(), effort.round(), () -> {
            rest(small);
            rest(large);
        });
        report.add(Result.atMost(
                "p95 of an operation beside %,d customers and %,d operations, of p95 beside none"
                        .formatted(effort.history(), (long) effort.history() * effort.operations()),
                race.ratio(many.name(), few.name(), round -> round.percentile(P95)),
                GROWTH,
                ""));
        for (Lane lane : List.of(few, many)) {
            describe("Request", race, lane.name());
        }
    }

    private void describe(Race race, String lane) {
        describe("Login", race, lane);
    }

    private void describe(String act, Race race, String lane) {
        Round all = race.all(lane);
        report.add(Result.info(act + "s, " + lane, all.throughput(), "a second"));
        report.add(Result.info(act + ", " + lane + ", p50", all.percentile(0.5), "ms"));
        report.add(Result.info(act + ", " + lane + ", p95", all.percentile(P95), "ms"));
        report.add(Result.info(act + ", " + lane + ", processor time of Keycloak", all.server(), "ms"));
        report.add(Result.info(act + ", " + lane + ", compiler's share of it", 100 * all.compiling(), "%"));
        report.add(Result.info(act + ", " + lane + ", processor time of PostgreSQL", all.database(), "ms"));
    }

    private static void rest(Site site) throws SQLException, InterruptedException {
        while (!site.tables().atRest()) {
            Thread.sleep(REST_MILLIS);
        }
    }
}
