package jp.sekisho.integrationtests.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.postgres.PostgresServer;

/** What PostgreSQL executes, by its own log; begin and commit are not counted. */
final class StatementLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EXECUTED = Pattern.compile("^(?:execute [^:]+|statement): ", Pattern.DOTALL);
    private static final Pattern FRAME =
            Pattern.compile("(?is)(begin|commit|rollback|set |show |select 1$|alter system|select pg_reload).*");

    /** Whose transactions are of workers and of the cluster, and come at any time. */
    private static final List<String> WORKERS = List.of(
            "sekisho_outbox",
            "sekisho_cursor",
            "sekisho_logout",
            "sekisho_freeze where",
            "jgroups",
            "for update skip locked");

    private final Jdbc database;
    private final Path file;

    StatementLog(Jdbc database, Path file) {
        this.database = database;
        this.file = file;
    }

    /** What the database must have been started with. */
    static Map<String, String> settings(Path file) {
        return Map.of(
                "logging_collector", "on",
                "log_destination", "jsonlog",
                "log_directory", file.toAbsolutePath().getParent().toString(),
                // PostgreSQL replaces the ending with its own.
                "log_filename", file.getFileName().toString().replace(".json", ".log"),
                "log_rotation_age", "0",
                "log_rotation_size", "0");
    }

    /** What is executed while something is done. @param last a value that is in the last statement of it */
    List<String> during(World.Work work, java.util.function.Supplier<String> last) throws Exception {
        configure("alter system set log_statement = 'all'", "all");
        try {
            long position = Files.size(file);
            work.run();
            World.await("the log's last statement", () -> text(position).contains(last.get()));
            return statements(text(position));
        } finally {
            configure("alter system reset log_statement", "none");
        }
    }

    private String text(long position) {
        try {
            byte[] all = Files.readAllBytes(file);
            return new String(all, (int) position, all.length - (int) position, StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static List<String> statements(String log) throws IOException {
        Map<String, List<String>> transactions = new LinkedHashMap<>();
        for (String line : log.split("\n")) {
            if (line.startsWith("{") && line.endsWith("}")) {
                JsonNode entry = JSON.readTree(line);
                String message = entry.path("message").asText();
                String sql = EXECUTED.matcher(message).replaceFirst("").strip().replaceAll("\\s+", " ");
                if (EXECUTED.matcher(message).find() && !FRAME.matcher(sql).matches()) {
                    transactions
                            .computeIfAbsent(
                                    entry.path("pid").asText()
                                            + ' '
                                            + entry.path("vxid").asText(),
                                    any -> new ArrayList<>())
                            .add(sql);
                }
            }
        }
        return transactions.values().stream()
                .filter(all -> all.stream()
                        .map(sql -> sql.toLowerCase(Locale.ROOT))
                        .noneMatch(sql -> WORKERS.stream().anyMatch(sql::contains)))
                .flatMap(List::stream)
                .toList();
    }

    private void configure(String sql, String wanted) throws SQLException, InterruptedException {
        try (Connection connection = PostgresServer.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            statement.execute("select pg_reload_conf()");
            // The server tells its connections in its own time.
            World.await("the setting", () -> shown(statement).equals(wanted));
        }
    }

    private static String shown(Statement statement) {
        try (ResultSet row = statement.executeQuery("show log_statement")) {
            row.next();
            return row.getString(1);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
