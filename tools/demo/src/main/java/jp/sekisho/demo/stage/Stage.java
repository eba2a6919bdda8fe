package jp.sekisho.demo.stage;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.stack.geo.GeoLite2;
import jp.sekisho.stack.io.Trees;
import jp.sekisho.stack.keycloak.BuildOptions;
import jp.sekisho.stack.keycloak.BuildOptions.Database;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.keycloak.StockDistribution;
import jp.sekisho.stack.mail.MailInbox;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.process.LoggedProcess;
import jp.sekisho.stack.process.Readiness;
import jp.sekisho.stack.proxy.ForwardingProxy;
import jp.sekisho.stack.proxy.Origin;
import jp.sekisho.stack.secrecy.KeyFile;

/** Everything that runs in the demo; closing it ends everything. */
final class Stage implements AutoCloseable {

    private static final String CLIENT = "trading-app";
    private static final Duration APP_START = Duration.ofMinutes(2);

    /** Another demo works in the same directory; the message is for the person who started this one. */
    static final class Occupied extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Occupied(Path directory) {
            super("Another demo is running in " + directory + ". Stop it first, with Ctrl-C in its terminal.");
        }
    }

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Settings settings;
    private final BuildFiles files;
    private final Progress progress;
    private MailInbox inbox;
    private KeycloakServer keycloak;
    private LoggedProcess tradingApp;

    private Stage(Settings settings, BuildFiles files, Progress progress) {
        this.settings = settings;
        this.files = files;
        this.progress = progress;
    }

    /**
     * Starts everything.
     *
     * @param keep whether the database of the last time stays
     */
    static Stage start(Settings settings, BuildFiles files, Progress progress, boolean keep) throws Exception {
        Stage stage = new Stage(settings, files, progress);
        try {
            stage.start(keep);
            return stage;
        } catch (Exception e) {
            stage.close();
            throw e;
        }
    }

    Settings settings() {
        return settings;
    }

    MailInbox inbox() {
        return inbox;
    }

    KeycloakServer keycloak() {
        return keycloak;
    }

    /** Completes when one of the servers ends by itself. */
    CompletableFuture<?> brokenDown() {
        return CompletableFuture.anyOf(keycloak.onExit(), tradingApp.onExit());
    }

    private void start(boolean keep) throws Exception {
        occupy(files.work().resolve("demo"));
        BuiltDistribution built = progress.step("Keycloak with the jars of Sekisho", this::build);
        GeoLite2 geo = progress.step(
                "GeoLite2 databases of 2019",
                () -> GeoLite2.unpackTo(files.work().resolve("geolite2")));
        inbox = progress.step("Mail inbox", () -> MailInbox.start(Ports.free(), settings.inboxPort()));
        running.push(inbox);
        keycloak = progress.step("Keycloak, realm " + DemoRealm.NAME, () -> startKeycloak(built, geo, keep));
        running.push(keycloak);
        // Officers look at the admin console through the proxy: plain HTTP, from anywhere.
        keycloak.admin().put("/admin/realms/master", Map.of("sslRequired", "none"));
        running.push(progress.step(
                "Proxy", () -> ForwardingProxy.start(settings.httpPort(), Origin.TOKYO_HOME, keycloak.base())));
        int behind = Ports.free();
        tradingApp = progress.step("Trading app", () -> startTradingApp(behind));
        running.push(tradingApp);
        // The app sees each browser where Keycloak sees it.
        running.push(
                ForwardingProxy.start(settings.appPort(), Origin.TOKYO_HOME, URI.create("http://localhost:" + behind)));
    }

    private void occupy(Path directory) throws IOException {
        Files.createDirectories(directory);
        FileChannel channel =
                FileChannel.open(directory.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        running.push(channel);
        if (channel.tryLock() == null) {
            throw new Occupied(directory);
        }
    }

    private BuiltDistribution build() throws IOException {
        return new StockDistribution(files.keycloakZip(), files.work().resolve("keycloak"))
                .build(BuildOptions.named("demo", Database.H2).withProvidersIn(files.providers()));
    }

    private KeycloakServer startKeycloak(BuiltDistribution built, GeoLite2 geo, boolean keep) throws IOException {
        Path home = files.work().resolve("demo/keycloak");
        if (!keep) {
            Trees.delete(home);
        }
        DemoRealm realm = DemoRealm.shipped()
                .withMailServer(inbox.smtpPort())
                .withClientSecret(CLIENT, CLIENT)
                .withDemoPolicy()
                .withOfficersClient(settings.app().resolve("/").toString())
                .withCustomers(Customer.ALL);
        KeyFile keys = KeyFile.at(files.work().resolve("demo/keys.json"));
        KeycloakServer server = KeycloakServer.on(built)
                .home(home)
                .managementPort(settings.managementPort())
                .hostname(settings.keycloak().toString())
                .behindProxy("127.0.0.1")
                .realm(realm.writeTo(files.work().resolve("demo/" + DemoRealm.NAME + "-realm.json")))
                .environment("SEKISHO_APP_URL", settings.app().toString())
                .option("spi-sekisho-geo--mmdb--city-file", geo.city().toString())
                .option("spi-sekisho-geo--mmdb--country-file", geo.country().toString())
                .option("spi-sekisho-geo--mmdb--asn-file", geo.asn().toString())
                // The demo's databases are of 2019, and everybody knows.
                .option("spi-sekisho-geo--mmdb--exempt-from-age", "true")
                .option("spi-sekisho-secrecy--aes--key-file", keys.path().toString())
                .start();
        if (keep) {
            // A realm that exists is not imported again, but this time's mail server listens elsewhere.
            server.admin().put("/admin/realms/" + DemoRealm.NAME, Map.of("smtpServer", realm.mailServer()));
        }
        return server;
    }

    private LoggedProcess startTradingApp(int port) throws IOException {
        Path log = files.work().resolve("demo/trading-app.log");
        Files.deleteIfExists(log);
        ProcessBuilder command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                files.tradingApp().toString());
        URI issuer = settings.keycloak().resolve("/realms/" + DemoRealm.NAME);
        command.environment()
                .putAll(Map.of(
                        "SERVER_ADDRESS",
                        "127.0.0.1",
                        "SERVER_PORT",
                        Integer.toString(port),
                        "SERVER_FORWARD_HEADERS_STRATEGY",
                        "native",
                        "SEKISHO_ISSUER",
                        issuer.toString(),
                        "SEKISHO_CLIENT_ID",
                        CLIENT,
                        "SEKISHO_CLIENT_SECRET",
                        CLIENT));
        LoggedProcess process = LoggedProcess.start(command, log);
        Readiness.await("The trading app", process, URI.create("http://localhost:" + port), APP_START);
        return process;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            close(running.pop());
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("While stopping: " + e);
        }
    }
}
