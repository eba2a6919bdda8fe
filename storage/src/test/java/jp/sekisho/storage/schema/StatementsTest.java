package jp.sekisho.storage.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.risk.Dimension;
import jp.sekisho.policies.risk.Learning;
import jp.sekisho.policies.risk.Statistic;
import jp.sekisho.storage.baseline.Baselines;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.device.Device;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.device.Devices.Sighting;
import jp.sekisho.storage.device.Trust;
import jp.sekisho.storage.dossier.Dossier;
import jp.sekisho.storage.dossier.Dossiers;
import jp.sekisho.storage.key.RealmKeys;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.outbox.OutboxMessage;
import jp.sekisho.storage.preference.Preferences;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The statements of a login, in a schema that is not the connection's own. */
class StatementsTest {

    private static final String REALM = "realm";
    private static final String ALICE = "a".repeat(64);
    private static final String DEVICE = "device-1";
    private static final UserAgent AGENT = new UserAgent("desktop", "Windows", "Chrome", "150");
    private static final Instant NOW = Instant.parse("2026-11-23T12:34:56.789Z");
    private static final Instant LATER = NOW.plus(Duration.ofMinutes(5));

    private final Database database = Database.in("SHOP");

    @BeforeEach
    void key() {
        database.run(em -> new RealmKeys(em).createIfAbsent(REALM, "secret"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_waits_in_the_same_transaction_is_read() {
        Dossier dossier = database.call(em -> {
            Devices devices = new Devices(em);
            devices.create(REALM, DEVICE, "hash-1", NOW);
            devices.trust(REALM, DEVICE, ALICE, "alice", AGENT, Optional.empty(), NOW, LATER);
            new Preferences(em).choose(REALM, ALICE, Notice.LOGIN.code(), false);
            return find(em, Optional.of(DEVICE));
        });
        assertThat(dossier.toldOfLogins()).contains(false);
        assertThat(dossier.counters()).isEmpty();
        assertThat(dossier.sighting())
                .contains(new Sighting(
                        new Device(DEVICE, REALM, "hash-1", Optional.empty(), NOW, Optional.empty(), Optional.empty()),
                        Optional.of(new Trust(DEVICE, ALICE, "alice", NOW, NOW, LATER, AGENT))));
    }

    @Test
    void a_dossier_has_each_value_in_its_place() {
        Counter counter =
                new Counter(new Counter.Key("password", DEVICE), 1, NOW, 2, Optional.of(LATER), Optional.of(NOW), 0);
        database.run(em -> {
            new Devices(em).create(REALM, DEVICE, "hash-1", NOW);
            new Preferences(em).choose(REALM, ALICE, Notice.LOGIN.code(), true);
            assertThat(new Counters(em).replace(REALM, ALICE, List.of(counter), NOW))
                    .isTrue();
        });
        Device seen = dossier(Optional.of(DEVICE)).sighting().orElseThrow().device();
        database.run(em -> {
            assertThat(Statements.of(em).update(List.of(Devices.rotation(seen, "hash-1", "hash-2", LATER))))
                    .containsExactly(1);
            new Devices(em)
                    .presented(
                            find(em, Optional.of(DEVICE))
                                    .sighting()
                                    .orElseThrow()
                                    .device(),
                            LATER);
        });
        Dossier dossier = dossier(Optional.of(DEVICE));
        assertThat(dossier.toldOfLogins()).contains(true);
        assertThat(dossier.counters()).containsExactly(counter.stored());
        assertThat(dossier.sighting())
                .contains(new Sighting(
                        new Device(
                                DEVICE,
                                REALM,
                                "hash-2",
                                Optional.of("hash-1"),
                                LATER,
                                Optional.of(LATER),
                                Optional.empty()),
                        Optional.empty()));
        assertThat(dossier(Optional.of("other")).counters()).containsExactly(counter.stored());
    }

    @Test
    void a_message_is_put_in_once_and_its_transaction_goes_on() {
        OutboxMessage message = new OutboxMessage(
                "m",
                Optional.of("stop"),
                REALM,
                "mail",
                "login",
                Optional.of("alice"),
                "key",
                "ja",
                "{\"a\":\"\u65e5\u672c\"}",
                NOW,
                LATER);
        database.run(em -> {
            assertThat(new Outbox(em).put(message)).isTrue();
            assertThat(new Outbox(em).put(message)).isFalse();
        });
        assertThat(taken()).as("the first of all has no turn yet").isEmpty();
        assertThat(taken().orElseThrow()).extracting(Outbox.Taken::message).containsExactly(message);
    }

    private Optional<List<Outbox.Taken>> taken() {
        return database.call(em -> new Outbox(em).take("mail", List.of(), LATER, Duration.ofMinutes(1), 10));
    }

    @Test
    void what_was_learned_is_read_the_same_by_the_login_and_by_the_learner() {
        Statistic statistic = new Statistic(Dimension.LOGINS_TOTAL, "", 1.25, NOW, LATER);
        database.run(em ->
                new Baselines(em).apply(REALM, ALICE, new Learning.Changes(List.of(statistic), List.of(), List.of())));
        assertThat(statistics(baselines -> baselines.of(ALICE))).containsExactly(statistic);
        assertThat(statistics(baselines -> baselines.ofLearner(Set.of(ALICE)).get(ALICE)))
                .containsExactly(statistic);
    }

    @Test
    void whoever_swallows_a_failure_cannot_commit_what_is_half_written() {
        database.run(em -> {
            new Devices(em).create(REALM, DEVICE, "hash-1", NOW);
            assertThatThrownBy(() -> insertNothing(em)).isInstanceOf(PersistenceException.class);
        });
        assertThat(dossier(Optional.of(DEVICE)).sighting()).isEmpty();
    }

    private static void insertNothing(EntityManager em) {
        Statements.of(em)
                .insertUnlessThere(
                        "insert into {h-schema}SEKISHO_REALM_KEY (REALM_ID, SECRET) values (?, ?)",
                        values -> values.text(Optional.empty()).text(Optional.empty()));
    }

    private List<Statistic> statistics(Function<Baselines, List<Statistic>> work) {
        return database.call(em -> work.apply(new Baselines(em)));
    }

    private Dossier dossier(Optional<String> device) {
        return database.call(em -> find(em, device));
    }

    private static Dossier find(EntityManager em, Optional<String> device) {
        return new Dossiers(em).find(REALM, ALICE, device);
    }
}
