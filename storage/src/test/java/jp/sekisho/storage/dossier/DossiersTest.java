package jp.sekisho.storage.dossier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.risk.Dimension;
import jp.sekisho.policies.risk.Learning;
import jp.sekisho.policies.risk.Statistic;
import jp.sekisho.storage.baseline.Baselines;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.counter.Failed;
import jp.sekisho.storage.customer.CustomerState;
import jp.sekisho.storage.device.Device;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.device.Devices.Sighting;
import jp.sekisho.storage.device.Trust;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.key.RealmKeys;
import jp.sekisho.storage.schema.Database;
import jp.sekisho.storage.schema.DatabaseClock;
import jp.sekisho.storage.schema.Statements;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DossiersTest {

    private static final String REALM = "realm";
    private static final String ALICE = "a".repeat(64);
    private static final String BOB = "b".repeat(64);
    private static final String DEVICE = "device-1";
    private static final UserAgent AGENT = new UserAgent("desktop", "Windows", "Chrome", "150");
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private final Database database = new Database();

    @BeforeEach
    void key() {
        database.run(em -> new RealmKeys(em).createIfAbsent(REALM, "secret"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void of_somebody_who_never_came_there_is_the_databases_time() {
        Dossier dossier = find(ALICE, Optional.empty());
        assertThat(dossier.counters()).isEmpty();
        assertThat(dossier.sighting()).isEmpty();
        assertThat(dossier.now()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        Instant clock = database.call(DatabaseClock::now);
        assertThat(clock).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void counters_device_and_trust_come_together_and_are_the_customers_own() {
        count(ALICE, "password", "otp");
        count(BOB, "password");
        trusted(ALICE);

        Dossier alices = find(ALICE, Optional.of(DEVICE));
        assertThat(alices.counters())
                .extracting(counter -> counter.key().subject())
                .containsExactlyInAnyOrder("password", "otp");
        assertThat(alices.sighting().flatMap(Sighting::trust))
                .map(Trust::userAgent)
                .contains(AGENT);

        Dossier bobs = find(BOB, Optional.of(DEVICE));
        assertThat(bobs.counters()).hasSize(1);
        assertThat(bobs.sighting()).map(Sighting::device).map(Device::id).contains(DEVICE);
        assertThat(bobs.sighting().flatMap(Sighting::trust)).isEmpty();

        assertThat(find(ALICE, Optional.of("device-2")).sighting()).isEmpty();
    }

    @Test
    void what_is_usual_comes_along_and_is_the_customers_own() {
        Statistic statistic = new Statistic(Dimension.LOGINS_TOTAL, "", 3, NOW, NOW);
        database.run(em ->
                new Baselines(em).apply(REALM, ALICE, new Learning.Changes(List.of(statistic), List.of(), List.of())));
        count(ALICE, "password");
        Dossiers.WithUsual<?> alices =
                database.call(em -> new Dossiers(em).findWithUsual(REALM, ALICE, Optional.empty()));
        assertThat(alices.usual()).containsExactly(statistic);
        assertThat(alices.dossier().counters()).hasSize(1);
        Dossiers.WithUsual<?> bobs = database.call(em -> new Dossiers(em).findWithUsual(REALM, BOB, Optional.empty()));
        assertThat(bobs.usual()).isEmpty();
        assertThat(bobs.dossier().counters()).isEmpty();
    }

    @Test
    void a_dossier_costs_one_statement() {
        count(ALICE, "password", "otp");
        trusted(ALICE);
        assertThat(database.statements(em -> new Dossiers(em).find(REALM, ALICE, Optional.of(DEVICE))))
                .isEqualTo(1);
    }

    @Test
    void a_token_is_replaced_once_and_only_by_who_saw_it() {
        trusted(ALICE);
        Device seen = device();
        assertThat(rotated(seen, "hash-2")).isTrue();
        assertThat(rotated(seen, "hash-3")).isFalse();
        database.run(em -> new Devices(em).presented(device(), NOW));
        assertThat(device()).satisfies(device -> {
            assertThat(device.tokenHash()).isEqualTo("hash-2");
            assertThat(device.previousHash()).contains("hash-1");
            assertThat(device.presentedAt()).contains(NOW);
        });
    }

    @Test
    void a_device_is_purged_by_the_moment_its_token_was_replaced() {
        database.run(em -> new Devices(em).create(REALM, DEVICE, "hash-1", NOW));
        assertThat(purged(NOW)).isZero();
        Instant lastOfDay = NOW.plus(Duration.ofDays(1)).minusMillis(1);
        Device seen = device();
        assertThat(rotated(seen, "hash-2", lastOfDay)).isTrue();
        assertThat(purged(lastOfDay)).isZero();
        assertThat(purged(lastOfDay.plusMillis(1))).isEqualTo(1);
    }

    private int purged(Instant notSeenSince) {
        return database.<Optional<Deleted>>call(em -> new Devices(em).purge(REALM, notSeenSince, notSeenSince, 10))
                .map(Deleted::rows)
                .orElse(0);
    }

    @Test
    void when_a_family_ends_all_who_trusted_it_are_named_once_and_trust_it_no_more() {
        trusted(ALICE);
        database.run(em ->
                new Devices(em).trust(REALM, DEVICE, BOB, "bob", AGENT, Optional.empty(), NOW, NOW.plusSeconds(60)));
        assertThat(end()).extracting(Trust::userId).containsExactlyInAnyOrder("alice", "bob");
        assertThat(end()).isEmpty();
        assertThat(find(ALICE, Optional.of(DEVICE)).sighting()).hasValueSatisfying(sighting -> {
            assertThat(sighting.device().endedAt()).contains(NOW);
            assertThat(sighting.trust()).isEmpty();
        });
    }

    @Test
    void state_goes_with_its_customer_and_leaves_the_others() {
        count(ALICE, "password");
        count(BOB, "password");
        trusted(ALICE);
        database.run(em -> new CustomerState(em).deleteCustomer(REALM, ALICE, "alice", NOW));
        Dossier alices = find(ALICE, Optional.of(DEVICE));
        assertThat(alices.counters()).isEmpty();
        assertThat(alices.sighting().flatMap(Sighting::trust)).isEmpty();
        assertThat(find(BOB, Optional.empty()).counters()).hasSize(1);

        database.run(em -> new CustomerState(em).deleteRealm(REALM));
        List<Counter> left = database.call(em -> new Counters(em).of(BOB));
        assertThat(left).isEmpty();
        Optional<String> key = database.call(em -> new RealmKeys(em).find(REALM));
        assertThat(key).isEmpty();
    }

    private Dossier find(String customer, Optional<String> device) {
        return database.call(em -> new Dossiers(em).find(REALM, customer, device));
    }

    private Device device() {
        return find(ALICE, Optional.of(DEVICE)).sighting().orElseThrow().device();
    }

    private boolean rotated(Device seen, String newHash) {
        return rotated(seen, newHash, NOW);
    }

    private boolean rotated(Device seen, String newHash, Instant now) {
        return database.call(em -> Statements.of(em).update(List.of(Devices.rotation(seen, "hash-1", newHash, now))))
                .equals(List.of(1));
    }

    private List<Trust> end() {
        return database.call(em -> new Devices(em).end(DEVICE, NOW));
    }

    private void trusted(String customer) {
        database.run(em -> {
            Devices devices = new Devices(em);
            devices.create(REALM, DEVICE, "hash-1", NOW);
            devices.trust(REALM, DEVICE, customer, "alice", AGENT, Optional.empty(), NOW, NOW.plusSeconds(60));
        });
    }

    private void count(String customer, String... credentials) {
        List<Counter> counters = Failed.once(NOW, credentials);
        assertThat(database.attempt(em -> new Counters(em).replace(REALM, customer, counters, NOW)))
                .isTrue();
    }
}
