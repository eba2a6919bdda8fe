package jp.sekisho.stack.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** PostgreSQL's own log of every statement that it executes, as JSON lines; begin and commit are not counted. */
public final class StatementLog {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern EXECUTED = Pattern.compile("^(?:execute [^:]+|statement): (.*)$", Pattern.DOTALL);
    private static final Pattern FRAME = Pattern.compile(
            "(?i)(begin|commit|rollback|set |show |select 1$|alter system|select pg_reload).*", Pattern.DOTALL);

    private final Jdbc database;
    private final Path file;

    /** @param file where the server's settings put the log */
    public StatementLog(Jdbc database, Path file) {
        this.database = database;
        this.file = file;
    }

    /** The settings with which the database must have been started. */
    public static Map<String, String> settings(Path file) {
        return Map.of(
                "logging_collector", "on",
                "log_destination", "jsonlog",
                "log_directory", file.toAbsolutePath().getParent().toString(),
                // PostgreSQL replaces the ending with its own.
                "log_filename", file.getFileName().toString().replace(".json", ".log"),
                "log_rotation_age", "0",
                "log_rotation_size", "0");
    }

    /** From now on statements are written down. */
    public Recording record() throws SQLException, IOException {
        configure("alter system set log_statement = 'all'", "all");
        return new Recording(position());
    }

    /** Statements are written down until it is closed. */
    public final class Recording implements AutoCloseable {

        private final long begin;

        private Recording(long begin) {
            this.begin = begin;
        }

        /** What is written down from here on, see {@link #since}. */
        public long position() throws IOException {
            return StatementLog.this.position();
        }

        /** Whether the log says so by now, in its own words. */
        public boolean says(String words) {
            try {
                return new String(content(begin), StandardCharsets.UTF_8).contains(words);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        public List<Transaction> transactions() throws IOException {
            return since(begin);
        }

        /** The transactions after a position, in the order of their first statement. */
        public List<Transaction> since(long position) throws IOException {
            return StatementLog.transactions(content(position));
        }

        @Override
        public void close() throws SQLException {
            configure("alter system reset log_statement", "none");
        }
    }

    /** What a transaction executed, in this order. */
    public record Transaction(List<String> statements) {

        /** Whose transactions are of workers and of the cluster, and come at any time. */
        private static final List<String> WORKERS = List.of(
                "sekisho_cursor",
                "from sekisho_outbox",
                "update sekisho_outbox",
                "sekisho_logout",
                "sekisho_freeze fe1_0 where fe1_0.next_at",
                "sekisho_exemption",
                "sekisho_realm_key rke1_0 order by",
                "component ce1_0 where ce1_0.provider_type",
                "sekisho_access_version",
                "jgroups",
                "for update skip locked");

        public boolean ofWorker() {
            return statements.stream()
                    .map(sql -> sql.toLowerCase(Locale.ROOT))
                    .anyMatch(sql -> WORKERS.stream().anyMatch(sql::contains));
        }

        /** A batch counted once. Only writes are batched: the same text again, in one go. */
        public List<String> batched() {
            List<String> batches = new ArrayList<>();
            for (String sql : statements) {
                boolean goesOn = !batches.isEmpty()
                        && batches.get(batches.size() - 1).equals(sql)
                        && !sql.regionMatches(true, 0, "select", 0, "select".length());
                if (!goesOn) {
                    batches.add(sql);
                }
            }
            return batches;
        }
    }

    private long position() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            return log.length();
        }
    }

    private byte[] content(long position) throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
            byte[] content = new byte[Math.toIntExact(log.length() - position)];
            log.seek(position);
            log.readFully(content);
            return content;
        }
    }

    static List<Transaction> transactions(byte[] content) throws IOException {
        Map<String, List<String>> transactions = new LinkedHashMap<>();
        for (String line : new String(content, StandardCharsets.UTF_8).split("\n")) {
            // The last one may be in writing.
            if (line.startsWith("{") && line.endsWith("}")) {
                JsonNode entry = JSON.readTree(line);
                String transaction =
                        entry.path("pid").asText() + ' ' + entry.path("vxid").asText();
                executed(entry.path("message").asText())
                        .ifPresent(sql -> transactions
                                .computeIfAbsent(transaction, id -> new ArrayList<>())
                                .add(sql));
            }
        }
        return transactions.values().stream().map(Transaction::new).toList();
    }

    private static Optional<String> executed(String message) {
        Matcher matcher = EXECUTED.matcher(message);
        return matcher.matches() && !FRAME.matcher(matcher.group(1)).matches()
                ? Optional.of(matcher.group(1).strip().replaceAll("\\s+", " "))
                : Optional.empty();
    }

    private void configure(String sql, String wanted) throws SQLException {
        try (Connection connection = PostgresServer.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            statement.execute("select pg_reload_conf()");
            // The server tells its connections in its own time.
            while (!shown(statement).equals(wanted)) {
                Thread.onSpinWait();
            }
        }
    }

    private static String shown(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("show log_statement")) {
            row.next();
            return row.getString(1);
        }
    }
}
