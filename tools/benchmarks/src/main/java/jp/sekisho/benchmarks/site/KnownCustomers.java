package jp.sekisho.benchmarks.site;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jp.sekisho.checkpoint.geo.GeoProvider;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.DeviceSight;
import jp.sekisho.policies.evidence.DeviceSight.Recognition;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.evidence.Failures;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Dimension;
import jp.sekisho.policies.risk.Learning;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.RiskPolicy;
import jp.sekisho.policies.risk.Statistic;

/**
 * Customers whom the checkpoint knows: a trusted device and a dozen learned logins each, written by JDBC for speed; what
 * was learned is what the product's own learning makes of such logins.
 */
public final class KnownCustomers {

    private static final String BROWSER = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
            + " (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";
    /** As the server reads it. */
    private static final UserAgent AGENT = new UserAgent("desktop", "Windows", "Chrome", "142");

    private static final int LOGINS = 12;
    private static final RiskPolicy POLICY = RiskPolicy.standard();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Tables tables;
    private final GeoProvider geo;
    private final Instant now;

    public KnownCustomers(Tables tables, GeoProvider geo, Instant now) {
        this.tables = tables;
        this.geo = geo;
        this.now = now;
    }

    /** Customers of a realm that keeps nothing of them. */
    public static List<Customer> unknown(int customers) {
        List<Customer> all = new ArrayList<>();
        for (int number = 1; number <= customers; number++) {
            all.add(new Customer("c" + number, address(number).address(), BROWSER));
        }
        return all;
    }

    /** The customers of a realm with their devices, and their history in the tables. */
    public List<Customer> of(String realm, int customers) throws SQLException, IOException, GeneralSecurityException {
        Mac key = key(realm);
        String cookie = "__Host-sekisho-device-" + sha256(realm).substring(0, 8);
        Map<String, String> userIds = tables.userIds(realm);
        Map<Learning.Value, Integer> population = new HashMap<>();
        List<Customer> all = new ArrayList<>();
        try (Connection connection = tables.connect();
                PreparedStatement device = connection.prepareStatement(
                        "insert into sekisho_device (id, realm_id, token_hash, rotated_at, rotated_on, created_at) values (?, ?, ?, ?, ?, ?)");
                PreparedStatement trust = connection.prepareStatement("""
                        insert into sekisho_device_trust (device_id, customer, user_id, realm_id, first_seen_at, last_seen_at,
                        trusted_until, device_type, os, browser, browser_version) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""");
                PreparedStatement statistic = connection.prepareStatement("""
                        insert into sekisho_statistic (customer, dimension, statistic_key, realm_id, weight, since_at, updated_at)
                        values (?, ?, ?, ?, ?, ?, ?)""")) {
            connection.setAutoCommit(false);
            for (int number = 1; number <= customers; number++) {
                String userId = userIds.get("c" + number);
                String pseudonym =
                        HexFormat.of().formatHex(key.doFinal(("user:" + userId).getBytes(StandardCharsets.UTF_8)));
                String family = UUID.randomUUID().toString();
                String secret = secret();
                add(
                        device,
                        family,
                        realm,
                        sha256(secret),
                        past(20),
                        past(20) / Duration.ofDays(1).toMillis(),
                        past(20));
                add(
                        trust,
                        family,
                        pseudonym,
                        userId,
                        realm,
                        past(20),
                        now.toEpochMilli(),
                        now.plus(Duration.ofDays(70)).toEpochMilli(),
                        AGENT.deviceType(),
                        AGENT.os(),
                        AGENT.browser(),
                        AGENT.majorVersion());
                for (Statistic row : learned(number, population)) {
                    add(
                            statistic,
                            pseudonym,
                            row.dimension().name(),
                            row.key(),
                            realm,
                            row.count(),
                            row.since().toEpochMilli(),
                            row.updatedAt().toEpochMilli());
                }
                Customer customer = new Customer("c" + number, address(number).address(), BROWSER);
                customer.cookies().put(cookie, family + '.' + secret);
                all.add(customer);
            }
            device.executeBatch();
            trust.executeBatch();
            statistic.executeBatch();
            connection.commit();
        }
        for (Map.Entry<Learning.Value, Integer> counted : population.entrySet()) {
            tables.execute(
                    "insert into sekisho_population (realm_id, dimension, statistic_key, weight) values (?, ?, ?, ?)",
                    realm,
                    counted.getKey().dimension().name(),
                    counted.getKey().key(),
                    counted.getValue().doubleValue());
        }
        return all;
    }

    private List<Statistic> learned(int number, Map<Learning.Value, Integer> population) {
        Field<ClientAddress> address = Field.of(address(number));
        List<Statistic> rows = new ArrayList<>();
        for (int login = LOGINS; login > 0; login--) {
            // Over the day as well as over the weeks: the hour of the run must not be an unusual one.
            Instant at = now.minus(Duration.ofDays(2L * login)).plus(Duration.ofHours(login % 5));
            Evidence evidence = new Evidence(
                    Operation.LOGIN,
                    at,
                    address,
                    geo.look(address).place(),
                    geo.look(address).network(),
                    Field.of(AGENT),
                    Field.of(new DeviceSight(Recognition.KNOWN, Optional.of(AGENT))),
                    new Failures(0, 0, 0));
            var taught = new Learning.Login(evidence, Level.LOW, Set.of(Factor.PASSWORD), false, false);
            Learning.Changes lesson = Learning.learn(rows, taught, POLICY);
            apply(rows, lesson);
            lesson.counted().forEach(value -> population.merge(value, 1, Integer::sum));
            rows.removeIf(row -> row.dimension() == Dimension.LAST_LOGIN);
            rows.add(Learning.lastLogin(evidence));
        }
        return rows;
    }

    private static void apply(List<Statistic> rows, Learning.Changes changes) {
        for (List<Statistic> gone : List.of(changes.removed(), changes.written())) {
            for (Statistic one : gone) {
                rows.removeIf(
                        row -> row.dimension() == one.dimension() && row.key().equals(one.key()));
            }
        }
        rows.addAll(changes.written());
    }

    private static ClientAddress address(int number) {
        // 126/8 is one Japanese provider's.
        String net = "126." + (number / 250 % 250 + 1) + "." + number % 250;
        return new ClientAddress(net + ".7", net + ".0/24", net + ".7", true);
    }

    private Mac key(String realm) throws SQLException, IOException, GeneralSecurityException {
        byte[] fresh = new byte[32];
        RANDOM.nextBytes(fresh);
        tables.execute(
                "insert into sekisho_realm_key (realm_id, secret) values (?, ?) on conflict do nothing",
                realm,
                HexFormat.of().formatHex(fresh));
        String secret = tables.realmKey(realm);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(secret), "HmacSHA256"));
        return mac;
    }

    private long past(int days) {
        return now.minus(Duration.ofDays(days)).toEpochMilli();
    }

    private static void add(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.addBatch();
    }

    private static String secret() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String sha256(String text) throws GeneralSecurityException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}
