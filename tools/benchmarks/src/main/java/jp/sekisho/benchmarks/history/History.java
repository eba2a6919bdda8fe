package jp.sekisho.benchmarks.history;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import jp.sekisho.benchmarks.site.Tables;

/**
 * The history of customers who do not log in while we measure: the same rows as a measured customer has, under other
 * pseudonyms. Indexes are made after the rows, which ends in the same tables sooner.
 */
public final class History {

    private static final List<String> TABLES = List.of(
            "sekisho_statistic", "sekisho_counter", "sekisho_device", "sekisho_device_trust", "sekisho_evidence");

    private static final List<String> OPERATIONS = List.of("sekisho_operation", "sekisho_payee");

    private static final int DECISIONS = 2;

    private static final String OPERATION_COLUMNS =
            "id, realm_id, client_id, request_id, request_hash, customer, user_id,"
                    + " session_id, type, state, content, digest, way_out, amount, currency, instrument, payee, decision_id, outcome,"
                    + " requirement, cause, risk_level, score, reasons, policy_version, created_at, expires_at, redeemed_at, ended_at";

    private final Tables tables;
    private final String realm;

    public History(Tables tables, String realm) {
        this.tables = tables;
        this.realm = realm;
    }

    /** @param customers to be added; somebody must have logged in before, his rows are the pattern */
    public void add(int customers) throws SQLException {
        skipLearning();
        insert(TABLES, inserts(customers));
    }

    /**
     * A bank account and some operations of each customer.
     *
     * @param each of a customer; somebody must have asked about one before, his row is the pattern
     */
    public void addOperations(int each) throws SQLException {
        String customers = "(select customer, min(user_id) as user_id from sekisho_device_trust where realm_id = '"
                + realm + "' group by customer) t";
        insert(
                OPERATIONS,
                List.of(
                        "insert into sekisho_operation (" + OPERATION_COLUMNS + ") select"
                                + " md5('operation' || t.customer || n)::uuid::text, o.realm_id, o.client_id,"
                                + " md5('request' || t.customer || n), o.request_hash, t.customer, t.user_id,"
                                + " md5('session' || t.customer || n)::uuid::text, o.type, 'EXECUTED', o.content, o.digest,"
                                + " o.way_out, o.amount + n, o.currency, o.instrument, o.payee,"
                                + " md5('decided' || t.customer || n)::uuid::text, o.outcome, o.requirement, o.cause,"
                                + " o.risk_level, o.score, o.reasons, o.policy_version,"
                                + " o.created_at - 86400000::bigint * 3 * n, o.expires_at - 86400000::bigint * 3 * n,"
                                + " o.created_at - 86400000::bigint * 3 * n, o.created_at - 86400000::bigint * 3 * n"
                                + " from " + customers + ", generate_series(1, " + each + ") n,"
                                + " (select * from sekisho_operation where realm_id = '" + realm + "' limit 1) o",
                        "insert into sekisho_payee (id, realm_id, customer, user_id, number_hash, content, state,"
                                + " operation_id, added_at, usable_from) select md5('payee' || t.customer)::uuid::text, '"
                                + realm
                                + "', t.customer, t.user_id, encode(sha256(('account' || t.customer)::bytea), 'hex'),"
                                + " repeat('0', 300), 'KNOWN', md5('operation' || t.customer || '1')::uuid::text, 0, 0 from "
                                + customers));
    }

    private void insert(List<String> into, List<String> inserts) throws SQLException {
        try (Connection connection = tables.connect();
                Statement statement = connection.createStatement()) {
            List<String> rebuild = dropIndexes(connection, into);
            statement.execute("set maintenance_work_mem = '1GB'");
            for (String insert : inserts) {
                statement.execute(insert);
            }
            for (String index : rebuild) {
                statement.execute(index);
            }
            for (String table : into) {
                statement.execute("vacuum analyze " + table);
            }
            statement.execute("checkpoint");
        }
    }

    /** What is made up here must not be learned from. */
    private void skipLearning() throws SQLException {
        for (String worker : List.of("learned", "last-login", "disowned")) {
            tables.execute("""
                    insert into sekisho_cursor (realm_id, name, position_time, position_id)
                    values (?, ?, (extract(epoch from now()) * 1000)::bigint, '-')
                    on conflict (realm_id, name) do update set position_time = excluded.position_time""", realm, worker);
        }
    }

    private List<String> inserts(int customers) {
        String others = "generate_series(1, " + customers + ") g";
        String pseudonym = "encode(sha256(('other' || g)::bytea), 'hex')";
        String device = "md5('device' || g)::uuid::text";
        return List.of(
                "insert into sekisho_statistic (customer, dimension, statistic_key, realm_id, weight, since_at, updated_at)"
                        + " select " + pseudonym + ", s.dimension, s.statistic_key, s.realm_id, s.weight, s.since_at,"
                        + " s.updated_at from " + others + ", (select * from sekisho_statistic where customer ="
                        + " (select customer from sekisho_statistic where realm_id = '" + realm + "' limit 1)) s",
                "insert into sekisho_counter (id, realm_id, customer, subject, counter_scope, failures, window_start,"
                        + " consecutive, blocked_until, locked_at, version, updated_at, updated_on)"
                        + " select md5('counter' || c.subject || g)::uuid::text, c.realm_id, " + pseudonym
                        + ", c.subject,"
                        + " case when c.counter_scope ~ '^[0-9a-f-]{36}$' then " + device + " else c.counter_scope end,"
                        + " c.failures, c.window_start, c.consecutive, c.blocked_until, c.locked_at, c.version, c.updated_at,"
                        + " c.updated_on"
                        + " from " + others + ", (select * from sekisho_counter where customer ="
                        + " (select customer from sekisho_counter where realm_id = '" + realm + "' limit 1)) c",
                "insert into sekisho_device (id, realm_id, token_hash, rotated_at, rotated_on, created_at) select "
                        + device
                        + ", d.realm_id, " + pseudonym + ", d.rotated_at, d.rotated_on, d.created_at from " + others
                        + ", (select * from sekisho_device where realm_id = '" + realm + "' limit 1) d",
                "insert into sekisho_device_trust (device_id, customer, user_id, realm_id, first_seen_at, last_seen_at,"
                        + " trusted_until, device_type, os, browser, browser_version) select " + device + ", "
                        + pseudonym
                        + ", md5('user' || g)::uuid::text, t.realm_id, t.first_seen_at, t.last_seen_at, t.trusted_until,"
                        + " t.device_type, t.os, t.browser, t.browser_version from " + others
                        + ", (select * from sekisho_device_trust where realm_id = '" + realm + "' limit 1) t",
                "insert into sekisho_evidence (id, realm_id, format, at_time, kind, decision_id, customer, client_id,"
                        + " session_id, operation, address, prefix, source, asn, country, device_id, outcome, risk_level,"
                        + " result, policy_version, content, content_hash) select md5('decision' || g || '.' || n)::uuid::text,"
                        + " e.realm_id, e.format, e.at_time - 86400000::bigint * (2 + (g * 7 + n * 31) % 80), e.kind,"
                        + " e.decision_id, " + pseudonym + ", e.client_id, md5('session' || g || '.' || n)::uuid::text,"
                        + " e.operation, host('126.0.0.0'::inet + g), host('126.0.0.0'::inet + g / 256 * 256) || '/24',"
                        + " host('126.0.0.0'::inet + g), e.asn, e.country, " + device
                        + ", e.outcome, e.risk_level, e.result, e.policy_version, e.content, e.content_hash from "
                        + others
                        + ", generate_series(1, " + DECISIONS
                        + ") n, (select * from sekisho_evidence where realm_id = '"
                        + realm + "' and kind = 'DECISION' limit 1) e");
    }

    /** @return what brings them back */
    private static List<String> dropIndexes(Connection connection, List<String> of) throws SQLException {
        List<String> drops = new ArrayList<>();
        List<String> rebuild = new ArrayList<>();
        for (String table : of) {
            try (Statement statement = connection.createStatement()) {
                try (ResultSet keys =
                        statement.executeQuery("select conname, pg_get_constraintdef(oid) from pg_constraint"
                                + " where contype = 'p' and conrelid = '" + table + "'::regclass")) {
                    while (keys.next()) {
                        drops.add("alter table " + table + " drop constraint " + keys.getString(1));
                        rebuild.add("alter table " + table + " add constraint " + keys.getString(1) + " "
                                + keys.getString(2));
                    }
                }
                try (ResultSet indexes =
                        statement.executeQuery("select indexrelid::regclass, pg_get_indexdef(indexrelid)"
                                + " from pg_index where not indisprimary and indrelid = '" + table + "'::regclass")) {
                    while (indexes.next()) {
                        drops.add("drop index " + indexes.getString(1));
                        rebuild.add(indexes.getString(2));
                    }
                }
            }
        }
        try (Statement statement = connection.createStatement()) {
            for (String drop : drops) {
                statement.execute(drop);
            }
        }
        return rebuild;
    }
}
