package jp.sekisho.benchmarks.statements;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.benchmarks.site.Tables;

/** PostgreSQL's own log of every statement that it executed, as JSON lines. */
final class StatementLog implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EXECUTED = Pattern.compile("^(?:execute [^:]+|statement): (.*)$", Pattern.DOTALL);
    private static final Pattern FRAME = Pattern.compile(
            "(?i)(begin|commit|rollback|set |show |select 1$|alter system|select pg_reload).*", Pattern.DOTALL);
    private static final Duration QUIET = Duration.ofMillis(1500);

    private final Tables tables;
    private final Path file;

    /** @param file where the server's settings put the log */
    StatementLog(Tables tables, Path file) throws SQLException {
        this.tables = tables;
        this.file = file;
        configure("alter system set log_statement = 'all'");
    }

    /** The settings with which the database must have been started. */
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

    /** A transaction: what it executed, in this order; a batch is one. */
    record Transaction(List<String> statements) {

        boolean touches(String table) {
            return statements.stream()
                    .anyMatch(sql -> sql.toLowerCase(Locale.ROOT).contains(table));
        }
    }

    long position() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            return log.length();
        }
    }

    /** The transactions after a position, in the order of their first statement. */
    List<Transaction> since(long position) throws IOException {
        byte[] content;
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            content = new byte[Math.toIntExact(log.length() - position)];
            log.seek(position);
            log.readFully(content);
        }
        return transactions(content);
    }

    static List<Transaction> transactions(byte[] content) throws IOException {
        Map<String, List<String>> transactions = new LinkedHashMap<>();
        for (String line : new String(content, StandardCharsets.UTF_8).split("\n")) {
            if (line.isBlank()) {
                continue;
            }
            JsonNode entry = JSON.readTree(line);
            executed(entry.path("message").asText()).ifPresent(sql -> {
                String transaction =
                        entry.path("pid").asText() + ' ' + entry.path("vxid").asText();
                List<String> statements = transactions.computeIfAbsent(transaction, id -> new ArrayList<>());
                if (!continuesBatch(statements, sql)) {
                    statements.add(sql);
                }
            });
        }
        return transactions.values().stream().map(Transaction::new).toList();
    }

    /** Only writes are batched: the same text again, in one go. */
    private static boolean continuesBatch(List<String> statements, String sql) {
        return !statements.isEmpty()
                && statements.get(statements.size() - 1).equals(sql)
                && !sql.regionMatches(true, 0, "select", 0, "select".length());
    }

    private static Optional<String> executed(String message) {
        Matcher matcher = EXECUTED.matcher(message);
        return matcher.matches() && !FRAME.matcher(matcher.group(1)).matches()
                ? Optional.of(matcher.group(1).strip().replaceAll("\\s+", " "))
                : Optional.empty();
    }

    /** Waits as long as a login may still be followed by writes that Keycloak does a little later. */
    void settle() throws InterruptedException {
        Thread.sleep(QUIET.toMillis());
    }

    private void configure(String sql) throws SQLException {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            statement.execute("select pg_reload_conf()");
        }
    }

    @Override
    public void close() throws SQLException {
        configure("alter system reset log_statement");
    }
}
