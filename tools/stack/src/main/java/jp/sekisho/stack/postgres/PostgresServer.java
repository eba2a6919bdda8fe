package jp.sekisho.stack.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;

/** A real PostgreSQL on a free port of 127.0.0.1, its data gone at the end. */
public final class PostgresServer implements AutoCloseable {

    private static final String SUPERUSER = "postgres";

    private final EmbeddedPostgres postgres;

    private PostgresServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    public static PostgresServer start() throws IOException {
        return start(Map.of());
    }

    /** @param settings as in {@code postgresql.conf} */
    public static PostgresServer start(Map<String, String> settings) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1))
                .setServerConfig("max_connections", "300");
        settings.forEach(builder::setServerConfig);
        return new PostgresServer(builder.start());
    }

    /** Creates an empty database. */
    public Jdbc createDatabase(String name) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + statement.enquoteIdentifier(name, true));
        }
        return new Jdbc("jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + name, SUPERUSER, SUPERUSER);
    }

    /** A connection to one of the databases, for looking at rows. */
    public static Connection connect(Jdbc jdbc) throws SQLException {
        return DriverManager.getConnection(jdbc.url(), jdbc.user(), jdbc.password());
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
