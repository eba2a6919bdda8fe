package jp.sekisho.stack.keycloak;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import jp.sekisho.stack.net.Ports;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.process.LoggedProcess;
import jp.sekisho.stack.process.Readiness;

/**
 * A stock Keycloak as a process of this machine, listening on 127.0.0.1 only.
 *
 * <pre>{@code
 * try (KeycloakServer server = KeycloakServer.on(built).home(dir).realm(file).start()) {
 *     server.admin().get("/admin/realms/broker");
 * }
 * }</pre>
 */
public final class KeycloakServer implements AutoCloseable {

    private final LoggedProcess process;
    private final URI base;
    private final URI management;
    private final Admin admin;

    private KeycloakServer(LoggedProcess process, URI base, URI management, Admin admin) {
        this.process = process;
        this.base = base;
        this.management = management;
        this.admin = admin;
    }

    public static Builder on(BuiltDistribution distribution) {
        return new Builder(distribution);
    }

    /** Where this server listens; not what it calls itself, see {@link Builder#hostname}. */
    public URI base() {
        return base;
    }

    /** Health and metrics. */
    public URI management() {
        return management;
    }

    /** The admin REST interface, as the bootstrap administrator. */
    public Admin admin() {
        return admin;
    }

    public Path log() {
        return process.log();
    }

    /** The script, and what it started. */
    public Stream<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.handle()), process.handle().descendants());
    }

    /** Completes when the server ends, for whatever reason. */
    public CompletableFuture<?> onExit() {
        return process.onExit();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the server in order (SIGTERM). */
    public void stop() {
        process.stop();
    }

    /** Ends the server as a crash would (SIGKILL). */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        stop();
    }

    /** How a server is to be started. Ports that are not named are free ones. */
    public static final class Builder {

        private static final String ADMIN = "admin";

        /** Counted up, so that nodes started at the same time do not choose the same; failure detection listens 50000 above. */
        private static final AtomicInteger CLUSTER_PORTS = new AtomicInteger(7800);

        private final BuiltDistribution distribution;
        private final Map<String, String> options = new LinkedHashMap<>();
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<Path> realms = new ArrayList<>();
        private Path home;
        private int port;
        private int managementPort;
        private boolean clustered;
        private Duration timeout = Duration.ofMinutes(3);

        private Builder(BuiltDistribution distribution) {
            this.distribution = distribution;
        }

        /** Directory of this server's own files (H2 database, log); kept, so that the next start finds its data. */
        public Builder home(Path directory) {
            home = directory;
            return this;
        }

        public Builder port(int http) {
            port = http;
            return this;
        }

        public Builder managementPort(int port) {
            managementPort = port;
            return this;
        }

        /** The URL that customers see; without it the server goes by the request. */
        public Builder hostname(String url) {
            return option("hostname", url);
        }

        /** Stands behind a proxy that sends X-Forwarded headers from these addresses or networks, and believes no other. */
        public Builder behindProxy(String... trusted) {
            return option("proxy-headers", "xforwarded").option("proxy-trusted-addresses", String.join(",", trusted));
        }

        /** One of several nodes on one database, which share their caches; without it a node keeps its caches to itself. */
        public Builder clustered() {
            clustered = true;
            return this;
        }

        /** Realm files that are imported unless their realm exists. */
        public Builder realm(Path... files) {
            realms.addAll(List.of(files));
            return this;
        }

        public Builder database(Jdbc jdbc) {
            environment.put("KC_DB_PASSWORD", jdbc.password());
            return option("db-url", jdbc.url()).option("db-username", jdbc.user());
        }

        /** A server option without its leading {@code --}, e.g. {@code spi-sekisho-geo--mmdb--city-file}. */
        public Builder option(String name, String value) {
            options.put(name, value);
            return this;
        }

        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** How long the server may take until it is ready; 3 minutes if not said. */
        public Builder timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        /**
         * Starts the server and waits until it is ready.
         *
         * @throws jp.sekisho.stack.process.ProcessFailed if it ends or is not ready in time; it does not run then
         */
        public KeycloakServer start() throws IOException {
            Path place = home == null ? Files.createTempDirectory("keycloak-") : home.toAbsolutePath();
            distribution.prepareHome(place);
            int http = port == 0 ? Ports.free() : port;
            int health = managementPort == 0 ? Ports.free() : managementPort;
            LoggedProcess process = LoggedProcess.start(
                    new KeycloakCommand(place.resolve("bin/kc.sh"), "start")
                            .with(arguments(place, http, health))
                            .builder(environment()),
                    place.resolve("server.log"));
            URI base = URI.create("http://localhost:" + http);
            URI management = URI.create("http://localhost:" + health);
            Readiness.await("Keycloak", process, management.resolve("/health/ready"), timeout);
            return new KeycloakServer(process, base, management, new Admin(base, ADMIN, ADMIN));
        }

        private Map<String, String> environment() {
            Map<String, String> all = new LinkedHashMap<>();
            all.put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
            all.put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
            all.putAll(environment);
            return all;
        }

        private List<String> arguments(Path place, int http, int health) throws IOException {
            Map<String, String> all = new LinkedHashMap<>();
            all.put("http-enabled", "true");
            all.put("http-host", "127.0.0.1");
            all.put("http-port", Integer.toString(http));
            all.put("http-management-port", Integer.toString(health));
            // No load balancer has to notice first that a node goes.
            all.put("shutdown-delay", "0s");
            if (!options.containsKey("hostname")) {
                all.put("hostname-strict", "false");
            }
            all.put("cache", clustered ? "ispn" : "local");
            // Each question for readiness would be a line of the log.
            all.put("log-level", "info,io.smallrye.health:warn");
            if (clustered) {
                all.put("cache-embedded-network-bind-address", "127.0.0.1");
                all.put(
                        "cache-embedded-network-bind-port",
                        Integer.toString(Ports.freeFrom(CLUSTER_PORTS.getAndIncrement())));
            }
            all.putAll(options);
            List<String> arguments = new ArrayList<>(List.of("--optimized"));
            all.forEach((name, value) -> arguments.add("--" + name + "=" + value));
            if (!realms.isEmpty()) {
                Path imports = Files.createDirectories(place.resolve("data/import"));
                for (Path realm : realms) {
                    Files.copy(realm, imports.resolve(realm.getFileName().toString()));
                }
                arguments.add("--import-realm");
            }
            return arguments;
        }
    }
}
