package jp.sekisho.integrationtests.lock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.postgres.PostgresServer;
import jp.sekisho.stack.secrecy.KeyFile;

/** Our tables, looked at and prepared from outside. */
public final class Tables {

    private final Jdbc jdbc;
    private final Optional<KeyFile> keys;

    /** Of servers that have no keys for personal values. */
    public Tables(Jdbc jdbc) {
        this(jdbc, Optional.empty());
    }

    public Tables(Jdbc jdbc, Optional<KeyFile> keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** Failures of a customer by {@code subject/scope}; the realm has a key once anybody tried anything. */
    public Map<String, Integer> failures(String realmId, String userId) throws SQLException, GeneralSecurityException {
        Map<String, Integer> failures = new TreeMap<>();
        try (Connection connection = PostgresServer.connect(jdbc);
                PreparedStatement select = connection.prepareStatement(
                        "select subject, counter_scope, failures from sekisho_counter where customer = ?")) {
            select.setString(1, pseudonym(realmId, userId));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    failures.put(rows.getString(1) + '/' + rows.getString(2), rows.getInt(3));
                }
            }
        }
        return failures;
    }

    public long rows(String table, String realmId) throws SQLException {
        return count("select count(*) from " + table + " where realm_id = ?", realmId);
    }

    private long count(String sql, String value) throws SQLException {
        try (Connection connection = PostgresServer.connect(jdbc);
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, value);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** Further mail addresses of all customers, as they are stored. */
    public List<String> noticeAddresses() throws SQLException {
        List<String> addresses = new ArrayList<>();
        try (Connection connection = PostgresServer.connect(jdbc);
                PreparedStatement select = connection.prepareStatement("select address from sekisho_notice_address");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                addresses.add(rows.getString(1));
            }
        }
        return addresses;
    }

    /** The records of a kind in the evidence log. */
    public List<String> evidence(String realmId, String kind) throws SQLException {
        return select(
                "select content from sekisho_evidence where realm_id = ? and kind = ?",
                row -> row.getString(1),
                realmId,
                kind);
    }

    /** How a customer's bank accounts stand, oldest first. */
    public List<String> payees(String userId) throws SQLException {
        return select(
                "select state from sekisho_payee where user_id = ? order by added_at, id",
                row -> row.getString(1),
                userId);
    }

    /** How often the desk was alarmed of one source that tried so many: the alert's code. */
    public int alarmsOfASource(String realmId, String alert) throws SQLException {
        return (int) evidence(realmId, "ALERT").stream()
                .filter(content -> content.contains(alert) && content.contains("\"source\""))
                .count();
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> select(String sql, Reading<T> reading, String... values) throws SQLException {
        List<T> read = new ArrayList<>();
        try (Connection connection = PostgresServer.connect(jdbc);
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setString(i + 1, values[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    read.add(reading.read(rows));
                }
            }
        }
        return read;
    }

    /**
     * A row of the evidence log.
     *
     * @param content the record itself, JSON
     */
    public record Record(
            String id, String kind, String decisionId, String outcome, String level, String result, String content) {}

    /** What was decided on a customer and how it ended, oldest first. */
    public List<Record> records(String realmId, String userId) throws SQLException, GeneralSecurityException {
        return records(realmId, userId, "'DECISION', 'RESULT'");
    }

    /** How a customer's sessions were judged again, oldest first. */
    public List<Record> sessions(String realmId, String userId) throws SQLException, GeneralSecurityException {
        return records(realmId, userId, "'SESSION'");
    }

    private List<Record> records(String realmId, String userId, String kinds)
            throws SQLException, GeneralSecurityException {
        List<Record> records = new ArrayList<>();
        try (Connection connection = PostgresServer.connect(jdbc);
                PreparedStatement select = connection.prepareStatement(
                        "select id, kind, decision_id, outcome, risk_level, result, content from sekisho_evidence"
                                + " where customer = ? and kind in (" + kinds + ") order by at_time, kind")) {
            select.setString(1, pseudonym(realmId, userId));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    records.add(new Record(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getString(6),
                            rows.getString(7)));
                }
            }
        }
        return records;
    }

    /** The seal of a row of the evidence log as it stands beside its content. */
    public String contentHash(String id) throws SQLException {
        try (Connection connection = PostgresServer.connect(jdbc);
                PreparedStatement select =
                        connection.prepareStatement("select content_hash from sekisho_evidence where id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    /** When the access rules about a customer end, of those that do. */
    public List<Instant> endsOfAccessRules(String userId) throws SQLException {
        List<Instant> ends = new ArrayList<>();
        try (Connection connection = PostgresServer.connect(jdbc);
                PreparedStatement select = connection.prepareStatement(
                        "select until_time from sekisho_access_rule where user_id = ? and until_time is not null")) {
            select.setString(1, userId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ends.add(Instant.ofEpochMilli(rows.getLong(1)));
                }
            }
        }
        return ends;
    }

    /** Takes a table away, and puts it back. */
    public void rename(String table, String to) throws SQLException {
        execute("alter table " + table + " rename to " + to);
    }

    /** Teaches what is usual for a customer: as the learning worker would write it. */
    public void learned(String realmId, String userId, String dimension, String key, double weight, Instant at)
            throws SQLException, GeneralSecurityException {
        execute(
                "insert into sekisho_statistic (customer, dimension, statistic_key, realm_id, weight, since_at, updated_at)"
                        + " values (?, ?, ?, ?, cast(? as double precision), cast(? as bigint), cast(? as bigint))",
                pseudonym(realmId, userId),
                dimension,
                key,
                realmId,
                Double.toString(weight),
                Long.toString(at.toEpochMilli()),
                Long.toString(at.toEpochMilli()));
    }

    /** Teaches what so many customers of the realm share. */
    public void shared(String realmId, String dimension, String key, int customers) throws SQLException {
        execute(
                "insert into sekisho_population (realm_id, dimension, statistic_key, weight)"
                        + " values (?, ?, ?, cast(? as double precision))",
                realmId,
                dimension,
                key,
                Integer.toString(customers));
    }

    /** How often each source tried a code of this kind; by no name, a source stands as a pseudonym. */
    public List<Integer> tries(String realmId, String kind) throws SQLException {
        return select(
                "select failures from sekisho_counter where realm_id = ? and subject = ?",
                row -> row.getInt(1),
                realmId,
                kind);
    }

    /** Whoever waits with a code of this kind waits until then. */
    public void waitsUntil(String realmId, String kind, Instant until) throws SQLException {
        execute(
                "update sekisho_counter set blocked_until = cast(? as bigint)"
                        + " where realm_id = ? and subject = ? and blocked_until is not null",
                Long.toString(until.toEpochMilli()),
                realmId,
                kind);
    }

    /** So many wrong codes of this kind came from each source, and nobody waits. */
    public void triedBefore(String realmId, String kind, int tries) throws SQLException {
        execute(
                "update sekisho_counter set failures = cast(? as int), blocked_until = null"
                        + " where realm_id = ? and subject = ?",
                Integer.toString(tries),
                realmId,
                kind);
    }

    public interface Meanwhile {
        void done() throws Exception;
    }

    /** Work while Keycloak cannot store its events of the realm: a request that has one to store is rolled back. */
    public void withoutEvents(String realmId, Meanwhile work) throws Exception {
        execute("create function refuse() returns trigger language plpgsql as"
                + " $$ begin raise exception 'refused by the test'; end $$");
        execute("create trigger refusing before insert on event_entity for each row when (new.realm_id = '" + realmId
                + "') execute function refuse()");
        try {
            work.done();
        } finally {
            execute("drop trigger refusing on event_entity");
            execute("drop function refuse()");
        }
    }

    /** Wrong passwords of strangers. */
    public int strangersFailures(String realmId, String userId) throws SQLException, GeneralSecurityException {
        return failures(realmId, userId).getOrDefault("password/unknown", 0);
    }

    public void forgetFailures(String realmId, String userId) throws SQLException, GeneralSecurityException {
        execute("delete from sekisho_counter where customer = ?", pseudonym(realmId, userId));
    }

    /**
     * The customer's counters, those that are there, as after so many failures, with no wait.
     *
     * @param failures of the last 24 hours
     * @param consecutive of any age, since the last right one
     */
    public void failedBefore(String realmId, String userId, int failures, int consecutive)
            throws SQLException, GeneralSecurityException {
        execute(
                "update sekisho_counter set failures = cast(? as int), consecutive = cast(? as int), blocked_until = 0,"
                        + " locked_at = null where customer = ?",
                Integer.toString(failures),
                Integer.toString(consecutive),
                pseudonym(realmId, userId));
    }

    /** The login needs an unlock from now on; the customer showed a second factor before. */
    public void locked(String realmId, String userId) throws SQLException, GeneralSecurityException {
        execute(
                "update sekisho_counter set locked_at = updated_at"
                        + " where customer = ? and subject = 'LOGIN' and counter_scope = 'operation'",
                pseudonym(realmId, userId));
    }

    /** An operation needs an unlock from now on. */
    public void locked(String realmId, String userId, String operation) throws SQLException, GeneralSecurityException {
        execute(
                "insert into sekisho_counter (id, realm_id, customer, subject, counter_scope, failures, window_start,"
                        + " consecutive, locked_at, version, updated_at, updated_on)"
                        + " values (?, ?, ?, ?, 'operation', 10, 0, 10, 1, 1, 1, 0)",
                UUID.randomUUID().toString(),
                realmId,
                pseudonym(realmId, userId),
                operation);
    }

    /** What came from any source lately is an hour older, and no source is refused any more: tests do not spoil it for others. */
    public void calm(String realmId) throws SQLException {
        execute(
                "update sekisho_evidence set at_time = at_time - 3600000 where realm_id = ? and source is not null"
                        + " and at_time > cast(? as bigint)",
                realmId,
                Long.toString(Instant.now().minus(Duration.ofMinutes(15)).toEpochMilli()));
        execute("delete from sekisho_counter where subject in ('source', 'letter', 'stop-code')");
    }

    /** A note of a user session, empty where there is none. */
    public Optional<String> sessionNote(String sessionId, String name) throws SQLException {
        try (Connection connection = PostgresServer.connect(jdbc);
                PreparedStatement select = connection.prepareStatement(
                        "select data from offline_user_session where user_session_id = ?")) {
            select.setString(1, sessionId);
            try (ResultSet row = select.executeQuery()) {
                String data = row.next() ? row.getString(1) : "";
                Matcher note = Pattern.compile('"' + Pattern.quote(name) + "\"\\s*:\\s*\"([^\"]+)")
                        .matcher(data);
                return note.find() ? Optional.of(note.group(1)) : Optional.empty();
            }
        }
    }

    /** A browser's token was replaced this much earlier. */
    public void rotatedEarlier(String token, Duration by) throws SQLException {
        execute(
                "update sekisho_device set rotated_at = rotated_at - cast(? as bigint) where id = ?",
                Long.toString(by.toMillis()),
                family(token));
    }

    /** All that came from a source, and its refusal, happened this much earlier. */
    public void sourceEarlier(String realmId, String source, Duration by) throws SQLException {
        execute(
                "update sekisho_evidence set at_time = at_time - cast(? as bigint) where realm_id = ? and source = ?",
                Long.toString(by.toMillis()),
                realmId,
                source);
        execute(
                "update sekisho_counter set blocked_until = blocked_until - cast(? as bigint)"
                        + " where realm_id = ? and subject = 'source'",
                Long.toString(by.toMillis()),
                realmId);
    }

    /** A customer's trust in his devices began, and will end, this much earlier. */
    public void trustedEarlier(String realmId, String userId, Duration by)
            throws SQLException, GeneralSecurityException {
        String millis = Long.toString(by.toMillis());
        String customer = pseudonym(realmId, userId);
        execute(
                "update sekisho_device set rotated_at = rotated_at - cast(? as bigint), created_at = created_at - cast(? as"
                        + " bigint) where id in (select device_id from sekisho_device_trust where customer = ?)",
                millis,
                millis,
                customer);
        execute(
                "update sekisho_device_trust set first_seen_at = first_seen_at - cast(? as bigint), last_seen_at ="
                        + " last_seen_at - cast(? as bigint), trusted_until = trusted_until - cast(? as bigint)"
                        + " where customer = ?",
                millis,
                millis,
                millis,
                customer);
    }

    /** A customer's addresses for notices were verified, or replaced, this much earlier. */
    public void addressesEarlier(String realmId, String userId, Duration by)
            throws SQLException, GeneralSecurityException {
        execute(
                "update sekisho_notice_address set verified_at = verified_at - cast(? as bigint) where customer = ?",
                Long.toString(by.toMillis()),
                pseudonym(realmId, userId));
    }

    /** Another e-mail address for a user of Keycloak, behind its back. */
    public void emailUnderhand(String userId, String address) throws SQLException {
        execute("update user_entity set email = ?, email_constraint = ? where id = ?", address, address, userId);
    }

    /** What a customer loosened has waited. */
    public void limitsAreLoosened(String realmId, String userId) throws SQLException, GeneralSecurityException {
        execute("update sekisho_limit set next_from = 1 where customer = ?", pseudonym(realmId, userId));
    }

    /** A customer's addresses for notices had their time. */
    public void addressesEnded(String realmId, String userId) throws SQLException, GeneralSecurityException {
        execute("update sekisho_notice_address set valid_until = 1 where customer = ?", pseudonym(realmId, userId));
    }

    /** The messages to a customer: notice, state, channel and what is told. Oldest first. */
    public List<String> outbox(String userId) throws SQLException {
        List<String> messages = new ArrayList<>();
        try (Connection connection = PostgresServer.connect(jdbc);
                PreparedStatement select = connection.prepareStatement(
                        "select notice, state, channel, payload from sekisho_outbox where user_id = ? order by created_at")) {
            select.setString(1, userId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    messages.add(String.join(
                            " ", rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)));
                }
            }
        }
        return messages;
    }

    /** What a node had in hand that ended two minutes ago is due again. */
    public void takenTwoMinutesAgo() throws SQLException {
        execute("update sekisho_outbox set next_at = next_at - 120000 where state = 'PENDING' and attempts > 0");
    }

    /** The operations that an app asked about: id and state. */
    public List<String> operations(String clientId) throws SQLException {
        return select(
                "select id, state from sekisho_operation where client_id = ?",
                row -> row.getString(1) + ' ' + row.getString(2),
                clientId);
    }

    /** A customer's exemption was granted, and ends, this much earlier. */
    public void exemptedEarlier(String realmId, String userId, Duration by)
            throws SQLException, GeneralSecurityException {
        String millis = Long.toString(by.toMillis());
        execute(
                "update sekisho_exemption set approved_at = approved_at - cast(? as bigint), expires_at = expires_at -"
                        + " cast(? as bigint) where customer = ?",
                millis,
                millis,
                pseudonym(realmId, userId));
    }

    /** Lets time pass for what a customer waits for. */
    public void endThrottles(String realmId) throws SQLException {
        execute("update sekisho_counter set blocked_until = 0 where realm_id = ?", realmId);
    }

    /** A browser that the customer was verified on. @return the cookie's value */
    public String trustedDevice(String realmId, String userId) throws SQLException, GeneralSecurityException {
        String family = UUID.randomUUID().toString();
        String secret = "s".repeat(43);
        execute(
                "insert into sekisho_device (id, realm_id, token_hash, rotated_at, rotated_on, created_at) values (?, ?, ?, 0, 0, 0)",
                family,
                realmId,
                sha256(secret));
        String token = family + '.' + secret;
        trust(realmId, userId, token);
        return token;
    }

    void trust(String realmId, String userId, String token) throws SQLException, GeneralSecurityException {
        execute(
                "insert into sekisho_device_trust (device_id, customer, user_id, realm_id, first_seen_at, last_seen_at,"
                        + " trusted_until, device_type, os, browser, browser_version)"
                        + " values (?, ?, ?, ?, 0, 0, 99999999999999, 'desktop', 'Windows', 'Chrome', '140')",
                family(token),
                pseudonym(realmId, userId),
                userId,
                realmId);
    }

    /** The browser was given another token long ago, after its customers had been verified. @return that token */
    String replaceToken(String token) throws SQLException, GeneralSecurityException {
        String secret = "t".repeat(43);
        execute(
                "update sekisho_device set previous_hash = token_hash, token_hash = ?, rotated_at = 1 where id = ?",
                sha256(secret),
                family(token));
        return family(token) + '.' + secret;
    }

    /** A freeze that nobody has brought about: only the row says so. */
    public void frozen(String realmId, String userId) throws SQLException, GeneralSecurityException {
        execute(
                "insert into sekisho_freeze (id, realm_id, customer, user_id, operation, slot, frozen_by, reason, frozen_at)"
                        + " values (?, ?, ?, ?, 'ALL', 'ALL', 'OFFICER', 'test', 1)",
                UUID.randomUUID().toString(),
                realmId,
                pseudonym(realmId, userId),
                userId);
    }

    /** How often an app is still to be told of the end of a session. */
    public long logouts(String clientId) {
        try {
            return count("select count(*) from sekisho_logout where client_id = ?", clientId);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The customer's freezes of which not all is brought about that they entail. */
    public long freezesDue(String userId) {
        try {
            return count("select count(*) from sekisho_freeze where next_at is not null and user_id = ?", userId);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As if something of what the customer's freezes entail had failed. */
    public void freezesDueAgain(String userId) throws SQLException {
        execute("update sekisho_freeze set next_at = 1 where thawed_at is null and user_id = ?", userId);
    }

    /** As if it had never been frozen. */
    public void forgetFreezes(String userId) throws SQLException {
        execute("delete from sekisho_freeze where user_id = ?", userId);
    }

    /** The marks that the customer left on devices and sources. */
    public long hostile(String realmId, String userId) throws SQLException, GeneralSecurityException {
        return count("select count(*) from sekisho_hostile where customer = ?", pseudonym(realmId, userId));
    }

    /** As if the customer had said of a login from there that it was not he. */
    public void mark(String realmId, String userId, String source) throws SQLException, GeneralSecurityException {
        execute(
                "insert into sekisho_hostile (customer, mark, realm_id, marked_at) values (?, ?, ?, cast(? as bigint))",
                pseudonym(realmId, userId),
                "source:" + source,
                realmId,
                Long.toString(System.currentTimeMillis()));
    }

    /** As if the customer had left his marks at that time. */
    public void marked(String realmId, String userId, Instant at) throws SQLException, GeneralSecurityException {
        execute(
                "update sekisho_hostile set marked_at = cast(? as bigint) where customer = ?",
                Long.toString(at.toEpochMilli()),
                pseudonym(realmId, userId));
    }

    /** A passkey that he holds is provisional. */
    public void provisional(String realmId, String userId, byte[] credentialId, Instant until)
            throws SQLException, GeneralSecurityException {
        execute(
                "insert into sekisho_passkey (customer, credential, realm_id, user_id, enrolled_at, provisional_until, aaguid,"
                        + " user_verified, backup_eligible, backed_up, origin)"
                        + " values (?, ?, ?, ?, 0, cast(? as bigint), '', true, true, true, '')",
                pseudonym(realmId, userId),
                sha256(Base64.getUrlEncoder().withoutPadding().encodeToString(credentialId)),
                realmId,
                userId,
                Long.toString(until.toEpochMilli()));
    }

    /** As if what he is offered had ended at that time. */
    public void credentialOffersEnd(String realmId, String userId, Instant at)
            throws SQLException, GeneralSecurityException {
        execute(
                "update sekisho_credential_offer set expires_at = cast(? as bigint) where customer = ?",
                Long.toString(at.toEpochMilli()),
                pseudonym(realmId, userId));
    }

    /** The customer's passkeys that are provisional, or were. */
    public long provisional(String realmId, String userId) throws SQLException, GeneralSecurityException {
        return count(
                "select count(*) from sekisho_passkey where provisional_until is not null and customer = ?",
                pseudonym(realmId, userId));
    }

    public long trusts(String token) throws SQLException {
        return count("select count(*) from sekisho_device_trust where device_id = ?", family(token));
    }

    private static String family(String token) {
        return token.substring(0, token.indexOf('.'));
    }

    public static String cookieName(String realmId) throws GeneralSecurityException {
        return "__Host-sekisho-device-" + sha256(realmId).substring(0, 8);
    }

    /** A customer's counters in the hands of a transaction that goes on until this is closed. */
    public static final class Held implements AutoCloseable {

        private final Connection connection;

        private Held(Connection connection) {
            this.connection = connection;
        }

        /** Whether somebody waits for them. */
        public boolean awaited() {
            try (PreparedStatement select = connection.prepareStatement(
                            "select 1 from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))");
                    ResultSet waiting = select.executeQuery()) {
                return waiting.next();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        public void release() throws SQLException {
            connection.rollback();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    /** Whoever counts something of this customer waits. */
    public Held hold(String realmId, String userId) throws SQLException, GeneralSecurityException {
        Connection connection = PostgresServer.connect(jdbc);
        connection.setAutoCommit(false);
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from sekisho_counter where customer = ? for update")) {
            select.setString(1, pseudonym(realmId, userId));
            select.executeQuery();
        }
        return new Held(connection);
    }

    private String pseudonym(String realmId, String userId) throws SQLException, GeneralSecurityException {
        try (Connection connection = PostgresServer.connect(jdbc);
                PreparedStatement select =
                        connection.prepareStatement("select secret from sekisho_realm_key where realm_id = ?")) {
            select.setString(1, realmId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return "nobody";
                }
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(HexFormat.of().parseHex(opened(realmId, row.getString(1))), "HmacSHA256"));
                return HexFormat.of().formatHex(mac.doFinal(("user:" + userId).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private String opened(String realmId, String secret) {
        try {
            return keys.isPresent() ? keys.get().open("SEKISHO_REALM_KEY", "SECRET", realmId, secret) : secret;
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private void execute(String sql, String... values) throws SQLException {
        try (Connection connection = PostgresServer.connect(jdbc);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
