package jp.sekisho.benchmarks.site;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.stack.passkey.SoftPasskey;
import jp.sekisho.stack.postgres.Jdbc;
import jp.sekisho.stack.postgres.PostgresServer;
import jp.sekisho.stack.postgres.StatementLog;
import jp.sekisho.stack.secrecy.KeyFile;

/** A site's tables, filled and asked from outside. */
public final class Tables {

    private final Jdbc jdbc;
    private final KeyFile keys;

    /** @param keys of the server's secrets */
    Tables(Jdbc jdbc, KeyFile keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    /** The secret of a realm, which makes pseudonyms. */
    String realmKey(String realm) throws SQLException, IOException {
        return keys.open(
                "SEKISHO_REALM_KEY",
                "SECRET",
                realm,
                text("select secret from sekisho_realm_key where realm_id = ?", realm));
    }

    /** @param file where the database was told to write it */
    public StatementLog statements(Path file) {
        return new StatementLog(jdbc, file);
    }

    public Connection connect() throws SQLException {
        return PostgresServer.connect(jdbc);
    }

    public void execute(String sql, Object... values) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = prepared(connection, sql, values)) {
            statement.execute();
        }
    }

    public long number(String sql, Object... values) throws SQLException {
        return Long.parseLong(text(sql, values));
    }

    public String text(String sql, Object... values) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement statement = prepared(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("no row: " + sql);
            }
            return row.getString(1);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** Of PostgreSQL, those without a connection too. */
    Stream<ProcessHandle> processes() throws SQLException {
        List<ProcessHandle> found = new ArrayList<>();
        try (Connection connection = connect();
                var rows = connection.createStatement().executeQuery("select pid from pg_stat_activity")) {
            while (rows.next()) {
                ProcessHandle.of(rows.getLong(1)).ifPresent(found::add);
            }
        }
        return found.stream();
    }

    /** Nothing waits in the outbox. */
    public boolean atRest() throws SQLException {
        return number("select count(*) from sekisho_outbox where state = 'PENDING'") == 0;
    }

    /** How many notices of a kind were sent, and how many seconds most of them waited for it. */
    public record Sent(long notices, double seconds) {}

    /** @param share of them that waited no longer, from 0 to 1 */
    public Sent sent(Notice notice, double share) throws SQLException {
        String sent = " from sekisho_outbox where state = 'SENT' and notice = ?";
        return new Sent(
                number("select count(*)" + sent, notice.code()),
                Double.parseDouble(text(
                        "select percentile_cont(?) within group (order by sent_at - created_at) / 1000" + sent,
                        share,
                        notice.code())));
    }

    /** Makes users {@code c1}, {@code c2}, … of the realm's template, with its password hash: hashing a thousand takes long. */
    void copyTemplateUser(String realm, int users) throws SQLException {
        execute("""
                insert into user_entity (id, email, email_constraint, email_verified, enabled, first_name, last_name,
                    realm_id, username, created_timestamp, not_before)
                select md5(realm_id || g)::uuid::text, 'c' || g || '@customer.example', 'c' || g || '@customer.example', true, true,
                    first_name, last_name, realm_id, 'c' || g, created_timestamp - 86400000 * 400::bigint, 0
                from user_entity, generate_series(1, ?) g where realm_id = ? and username = ?""", users, realm, Realms.TEMPLATE);
        execute("""
                insert into user_attribute (id, name, value, user_id)
                select md5(a.id || g)::uuid::text, a.name, a.value, md5(u.realm_id || g)::uuid::text
                from user_attribute a join user_entity u on u.id = a.user_id, generate_series(1, ?) g
                where u.realm_id = ? and u.username = ?""", users, realm, Realms.TEMPLATE);
        execute("""
                insert into credential (id, type, user_id, created_date, user_label, secret_data, credential_data, priority)
                select md5(c.id || g)::uuid::text, c.type, md5(u.realm_id || g)::uuid::text, c.created_date, c.user_label,
                    c.secret_data, c.credential_data, c.priority
                from credential c join user_entity u on u.id = c.user_id, generate_series(1, ?) g
                where u.realm_id = ? and u.username = ?""", users, realm, Realms.TEMPLATE);
        execute("""
                insert into user_role_mapping (role_id, user_id)
                select r.role_id, md5(u.realm_id || g)::uuid::text
                from user_role_mapping r join user_entity u on u.id = r.user_id, generate_series(1, ?) g
                where u.realm_id = ? and u.username = ?""", users, realm, Realms.TEMPLATE);
    }

    /** Customers with a greater number are not told of each login. */
    public void chooseNoMailAtLogin(String realm, int above) throws SQLException {
        execute("""
                insert into sekisho_preference (customer, notice, realm_id, wanted)
                select t.customer, 'login', t.realm_id, false
                from sekisho_device_trust t join user_entity u on u.id = t.user_id
                where t.realm_id = ? and substring(u.username from '^c([0-9]+)$')::int > ?
                on conflict do nothing""", realm, above);
    }

    /** Gives each customer a passkey beside his password. */
    public List<Customer> withPasskeys(String realm, List<Customer> customers) throws SQLException {
        Map<String, String> ids = userIds(realm);
        List<Customer> owners = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement credential = connection.prepareStatement("""
                        insert into credential (id, type, user_id, created_date, secret_data, credential_data, priority)
                        values (?, 'webauthn-passwordless', ?, ?, '{}', ?, 20)""")) {
            connection.setAutoCommit(false);
            for (Customer customer : customers) {
                SoftPasskey passkey = SoftPasskey.of(ids.get(customer.name()));
                credential.setString(1, UUID.randomUUID().toString());
                credential.setString(2, ids.get(customer.name()));
                credential.setLong(3, System.currentTimeMillis());
                credential.setString(4, passkey.credentialData());
                credential.addBatch();
                owners.add(customer.with(passkey));
            }
            credential.executeBatch();
            connection.commit();
        }
        return owners;
    }

    /** The users' ids by name. */
    Map<String, String> userIds(String realm) throws SQLException {
        Map<String, String> ids = new HashMap<>();
        try (Connection connection = connect();
                PreparedStatement statement =
                        prepared(connection, "select username, id from user_entity where realm_id = ?", realm);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.put(rows.getString(1), rows.getString(2));
            }
        }
        return ids;
    }
}
