package jp.sekisho.stack.cluster;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import jp.sekisho.stack.geo.GeoLite2;
import jp.sekisho.stack.keycloak.BuiltDistribution;
import jp.sekisho.stack.keycloak.KeycloakServer;
import jp.sekisho.stack.mail.MailInbox;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.postgres.PostgresServer;
import jp.sekisho.stack.proxy.ForwardingProxy;
import jp.sekisho.stack.proxy.Origin;
import jp.sekisho.stack.secrecy.KeyFile;

/**
 * The stack of {@code docker/} as processes of this machine: nodes on one PostgreSQL behind one proxy, which asks them in turn, and a
 * mail server. It begins without a node.
 *
 * <pre>{@code
 * try (Cluster cluster = Cluster.start(directory, 8080, 8025, 2525)) {
 *     cluster.add("one", cluster.node(built).realm(file));
 *     cluster.add("two", cluster.node(built));
 * }
 * }</pre>
 */
public final class Cluster implements AutoCloseable {

    private final Path directory;
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Map<String, KeycloakServer> nodes = new LinkedHashMap<>();
    private PostgresServer postgres;
    private Jdbc database;
    private MailInbox inbox;
    private ForwardingProxy proxy;
    private GeoLite2 geo;
    private KeyFile keys;

    private Cluster(Path directory) {
        this.directory = directory;
    }

    /**
     * Starts what stands around the nodes.
     *
     * @param directory of all that is written
     * @param port of the proxy
     * @param inboxPort of the page of mails
     * @param smtpPort where mails are taken
     */
    public static Cluster start(Path directory, int port, int inboxPort, int smtpPort)
            throws IOException, SQLException {
        return start(directory, Map.of(), port, inboxPort, smtpPort);
    }

    /** @param settings of PostgreSQL */
    public static Cluster start(Path directory, Map<String, String> settings, int port, int inboxPort, int smtpPort)
            throws IOException, SQLException {
        Cluster cluster = new Cluster(directory);
        try {
            cluster.startAround(settings, port, inboxPort, smtpPort);
            return cluster;
        } catch (IOException | SQLException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    private void startAround(Map<String, String> settings, int port, int inboxPort, int smtpPort)
            throws IOException, SQLException {
        postgres = running(PostgresServer.start(settings));
        database = postgres.createDatabase("keycloak");
        inbox = running(MailInbox.start(smtpPort, inboxPort));
        geo = GeoLite2.unpackTo(directory.resolve("geo"));
        keys = KeyFile.at(directory.resolve("keys/keys.json"));
        proxy = running(ForwardingProxy.start(port, Origin.TOKYO_HOME));
    }

    private <T extends AutoCloseable> T running(T part) {
        running.push(part);
        return part;
    }

    /**
     * Starts a node, waits until it is ready, and has the proxy ask it, too.
     *
     * @param name no other node's that runs; the files of an earlier one of the name stay
     */
    public KeycloakServer add(String name, KeycloakServer.Builder told) throws IOException {
        if (nodes.containsKey(name)) {
            throw new IllegalArgumentException("node " + name + " is there already");
        }
        KeycloakServer node = told.home(directory.resolve(name)).start();
        nodes.put(name, node);
        proxy.add(node.base());
        return node;
    }

    /** A node that is told of its surroundings; not one of this cluster's until it is added. */
    public KeycloakServer.Builder node(BuiltDistribution built) {
        return KeycloakServer.on(built)
                .database(database)
                .hostname(proxy.base().toString())
                .behindProxy("127.0.0.1")
                .option("spi-sekisho-geo--mmdb--city-file", geo.city().toString())
                .option("spi-sekisho-geo--mmdb--country-file", geo.country().toString())
                .option("spi-sekisho-geo--mmdb--asn-file", geo.asn().toString())
                // These databases are of 2019, and everybody knows.
                .option("spi-sekisho-geo--mmdb--exempt-from-age", "true")
                .option("spi-sekisho-secrecy--aes--key-file", keys.path().toString());
    }

    public KeycloakServer node(String name) {
        KeycloakServer node = nodes.get(name);
        if (node == null) {
            throw new NoSuchElementException("no node " + name);
        }
        return node;
    }

    /** One that runs. */
    public KeycloakServer anyNode() {
        return nodes.values().stream()
                .filter(KeycloakServer::isAlive)
                .findFirst()
                .orElseThrow();
    }

    /** Takes a node out of the proxy and ends it in order, as an update does. */
    public void retire(String name) {
        KeycloakServer node = node(name);
        proxy.remove(node.base());
        node.stop();
        nodes.remove(name);
    }

    /** Ends a node as a power cut does (SIGKILL); the proxy finds out by itself. */
    public void kill(String name) {
        node(name).kill();
    }

    /** After {@link #kill}, so that the name is free again. */
    public void forget(String name) {
        proxy.remove(node(name).base());
        nodes.remove(name);
    }

    /** Completes when none of these nodes runs any more. */
    public CompletableFuture<?> allDown() {
        return CompletableFuture.allOf(
                nodes.values().stream().map(KeycloakServer::onExit).toArray(CompletableFuture[]::new));
    }

    /** Keycloak as browsers see it. */
    public URI base() {
        return proxy.base();
    }

    public PostgresServer postgres() {
        return postgres;
    }

    public Jdbc database() {
        return database;
    }

    public MailInbox inbox() {
        return inbox;
    }

    public KeyFile keys() {
        return keys;
    }

    public GeoLite2 geo() {
        return geo;
    }

    @Override
    public void close() {
        nodes.values().forEach(KeycloakServer::close);
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.getLogger(Cluster.class.getName()).log(System.Logger.Level.WARNING, "While stopping", e);
            }
        }
    }
}
