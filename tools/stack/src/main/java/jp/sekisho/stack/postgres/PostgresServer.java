package jp.sekisho.stack.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import jp.sekisho.stack.io.Trees;
import jp.sekisho.stack.net.Ports;

/** A real PostgreSQL on a free port of 127.0.0.1, its data gone at the end. */
public final class PostgresServer implements AutoCloseable {

    private static final String SUPERUSER = "postgres";

    private final Path data;
    private final int port;
    private final Map<String, String> settings;
    private EmbeddedPostgres postgres;

    private PostgresServer(Path data, int port, Map<String, String> settings) {
        this.data = data;
        this.port = port;
        this.settings = settings;
    }

    public static PostgresServer start() throws IOException {
        return start(Map.of());
    }

    /** @param settings as in {@code postgresql.conf} */
    public static PostgresServer start(Map<String, String> settings) throws IOException {
        PostgresServer server =
                new PostgresServer(Files.createTempDirectory("postgres-"), Ports.free(), Map.copyOf(settings));
        server.startAgain();
        return server;
    }

    /** Ends the server as an operator does who restarts it: whoever is connected is cut off. What is committed stays. */
    public void stop() throws IOException {
        postgres.close();
    }

    /** After {@link #stop}: the same databases on the same port. */
    public void startAgain() throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setPort(port)
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("max_connections", "300");
        settings.forEach(builder::setServerConfig);
        postgres = builder.start();
    }

    /** Creates an empty database. */
    public Jdbc createDatabase(String name) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
        }
        return new Jdbc("jdbc:postgresql://127.0.0.1:" + port + "/" + name, SUPERUSER, SUPERUSER);
    }

    /** A connection to one of the databases, for looking at rows. */
    public static Connection connect(Jdbc jdbc) throws SQLException {
        return DriverManager.getConnection(jdbc.url(), jdbc.user(), jdbc.password());
    }

    @Override
    public void close() throws IOException {
        stop();
        Trees.delete(data);
    }
}
