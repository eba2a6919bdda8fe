package jp.sekisho.benchmarks.site;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jp.sekisho.benchmarks.login.ProcessorTime;
import jp.sekisho.stack.geo.GeoLite2;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.secrecy.KeyFile;

/** A Keycloak on a database of its own, with the realms that are compared. */
public final class Site implements AutoCloseable {

    public static final String GUARDED = "sekisho";
    public static final String PASSKEYS = "passkeys";
    public static final String STOCK = "stock";
    public static final String HOOKED = "hooked";

    private static final String WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String HEAP = "-Xms1g -Xmx1g";

    private static final Pattern HEAP_USED = Pattern.compile("used ([0-9]+)K");

    /** Fields of {@code /proc/…/stat} after the name of the thread, from 0 (man 5 proc: utime, stime), in hundredths of a second. */
    private static final int USER_TIME = 11;

    private static final int SYSTEM_TIME = 12;
    private static final long NANOS_OF_TICK = 10_000_000;

    private final KeycloakServer server;
    private final Tables tables;

    private Site(KeycloakServer server, Tables tables) {
        this.server = server;
        this.tables = tables;
    }

    /**
     * @param webhook where notices of the realm {@value #HOOKED} go
     * @param certificate of that receiver
     */
    public static Site start(
            BuiltDistribution built,
            Path home,
            Jdbc database,
            GeoLite2 geo,
            int smtpPort,
            URI webhook,
            Path certificate,
            int customers)
            throws IOException, SQLException {
        Realms realms = new Realms(home.resolveSibling(home.getFileName() + "-realms"), smtpPort);
        KeyFile keys = keys(home);
        Path vault = Files.createDirectories(home.resolveSibling(home.getFileName() + "-vault"));
        Files.writeString(vault.resolve(HOOKED + "_webhook"), WEBHOOK_SECRET);
        KeycloakServer server = KeycloakServer.on(built)
                .home(home)
                .database(database)
                .behindProxy("127.0.0.1")
                .realm(
                        realms.guarded(GUARDED),
                        realms.passkeys(PASSKEYS),
                        realms.stock(STOCK),
                        realms.hooked(HOOKED, webhook.toString(), "${vault.webhook}"))
                .environment("JAVA_OPTS_KC_HEAP", HEAP)
                .option("spi-sekisho-secrecy--aes--key-file", keys.path().toString())
                .option("vault-dir", vault.toString())
                .option("truststore-paths", certificate.toString())
                .option("spi-sekisho-notice-channel--webhook--allowed-hosts", "localhost")
                .option("spi-sekisho-notice-channel--webhook--internal-hosts", "localhost")
                .option("spi-sekisho-geo--mmdb--city-file", geo.city().toString())
                .option("spi-sekisho-geo--mmdb--asn-file", geo.asn().toString())
                .option("spi-sekisho-geo--mmdb--exempt-from-age", "true")
                .start();
        Tables tables = new Tables(database, keys);
        for (String realm : List.of(GUARDED, PASSKEYS, STOCK, HOOKED)) {
            tables.copyTemplateUser(realm, customers);
        }
        return new Site(server, tables);
    }

    /** A stock Keycloak, with the realm {@value #STOCK}. */
    public static Site stock(BuiltDistribution built, Path home, Jdbc database, int smtpPort, int customers)
            throws IOException, SQLException {
        KeycloakServer server = KeycloakServer.on(built)
                .home(home)
                .database(database)
                .behindProxy("127.0.0.1")
                .realm(new Realms(home.resolveSibling(home.getFileName() + "-realms"), smtpPort).plain(STOCK))
                .environment("JAVA_OPTS_KC_HEAP", HEAP)
                .start();
        Tables tables = new Tables(database, keys(home));
        tables.copyTemplateUser(STOCK, customers);
        return new Site(server, tables);
    }

    private static KeyFile keys(Path home) throws IOException {
        return KeyFile.at(home.resolveSibling(home.getFileName() + "-keys.json"));
    }

    public URI base() {
        return server.base();
    }

    /** Bytes on Keycloak's heap that are in use, after a collection. */
    public long heap() throws IOException, InterruptedException {
        String pid = Long.toString(server.processes()
                .max(Comparator.comparing(
                        process -> process.info().totalCpuDuration().orElse(Duration.ZERO)))
                .orElseThrow()
                .pid());
        jcmd(pid, "GC.run");
        Matcher used = HEAP_USED.matcher(jcmd(pid, "GC.heap_info"));
        if (!used.find()) {
            throw new IOException("jcmd says nothing of the heap");
        }
        return Long.parseLong(used.group(1)) * 1024;
    }

    private static String jcmd(String pid, String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), pid, command)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    /** Where metrics are. */
    public URI management() {
        return server.management();
    }

    public Tables tables() {
        return tables;
    }

    public ProcessorTime processorTime() throws SQLException {
        List<ProcessHandle> processes = server.processes().toList();
        return new ProcessorTime(
                time(processes.stream()),
                processes.stream().mapToLong(Site::compiler).sum(),
                time(tables.processes()));
    }

    /** Of the compiler's threads, as Linux counts it; 0 elsewhere. */
    private static long compiler(ProcessHandle process) {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            return threads.mapToLong(Site::compilerTicks).sum() * NANOS_OF_TICK;
        } catch (IOException elsewhere) {
            return 0;
        }
    }

    private static long compilerTicks(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            int afterName = stat.lastIndexOf(')');
            String[] fields = stat.substring(afterName + 2).split(" ");
            return stat.substring(0, afterName).contains(" CompilerThre")
                    ? Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME])
                    : 0;
        } catch (IOException ended) {
            return 0;
        }
    }

    private static long time(Stream<ProcessHandle> processes) {
        return processes
                .flatMap(process -> process.info().totalCpuDuration().stream())
                .mapToLong(Duration::toNanos)
                .sum();
    }

    @Override
    public void close() {
        server.close();
    }
}
