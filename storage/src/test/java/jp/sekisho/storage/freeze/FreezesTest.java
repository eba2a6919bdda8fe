package jp.sekisho.storage.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.freeze.Freeze.Proposal;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.dossier.Dossier;
import jp.sekisho.storage.dossier.Dossiers;
import jp.sekisho.storage.key.RealmKeys;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.outbox.OutboxMessage;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

// JP25-8
class FreezesTest {

    private static final String REALM = "realm";
    private static final String ALICE = "alice's pseudonym";
    private static final Instant NOW = Instant.parse("2026-11-25T01:00:00Z");
    private static final Duration HOLD = Duration.ofSeconds(30);

    private final Database database = new Database();

    @BeforeEach
    void key() {
        database.run(em -> new RealmKeys(em).createIfAbsent(REALM, new SecureRandom()));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_same_is_frozen_once_at_a_time_and_again_after_a_thaw() {
        assertThat(put(Optional.empty())).isTrue();
        assertThat(put(Optional.empty())).isFalse();
        assertThat(put(Optional.of(Operation.WITHDRAWAL))).isTrue();
        assertThat(freezes()).hasSize(2);

        freezes().forEach(freeze -> propose(freeze, "one"));
        freezes().forEach(freeze -> assertThat(thaw(freeze)).isTrue());

        assertThat(freezes()).isEmpty();
        assertThat(put(Optional.empty())).isTrue();
    }

    @Test
    void what_was_proposed_anew_is_not_thawed_by_an_older_proposal() {
        put(Optional.empty());
        propose(freezes().get(0), "one");
        Freeze seen = freezes().get(0);
        propose(seen, "other");
        assertThat(thaw(seen)).isFalse();
        assertThat(thaw(freezes().get(0))).isTrue();
        assertThat(thaw(seen)).isFalse();
    }

    @Test
    void what_is_due_is_taken_by_one_until_it_is_done_and_a_thawed_one_by_nobody() {
        put(Optional.empty());
        put(Optional.of(Operation.TRADE));
        List<Freezes.Due> taken = take(NOW);
        assertThat(taken).hasSize(1);
        assertThat(take(NOW)).as("somebody has it").isEmpty();
        assertThat(take(NOW.plus(HOLD))).as("again").hasSize(1);
        database.run(em -> new Freezes(em).done(taken.get(0).id()));
        assertThat(take(NOW.plus(HOLD).plus(HOLD))).isEmpty();
    }

    @Test
    void a_dossier_has_each_freeze_and_counter_once_and_the_devices_mark() {
        put(Optional.of(Operation.TRADE));
        put(Optional.of(Operation.WITHDRAWAL));
        database.run(em -> new Counters(em).replace(REALM, ALICE, List.of(counter("password"), counter("otp")), NOW));
        database.run(em -> new Hostiles(em).markDevice(REALM, ALICE, "device", NOW));
        database.run(em -> new Hostiles(em).markDevice(REALM, ALICE, "device", NOW));

        Dossier dossier = dossier("device");
        assertThat(dossier.freezes()).hasSize(2);
        assertThat(dossier.counters()).hasSize(2);
        assertThat(dossier.disownedDevice()).isTrue();
        assertThat(dossier.frozen(Operation.TRADE)).isTrue();
        assertThat(dossier.frozen(Operation.LOGIN)).isFalse();
        assertThat(dossier("another").disownedDevice()).isFalse();
        assertThat(database.statements(em -> new Dossiers(em).find(REALM, ALICE, Optional.of("device"))))
                .isEqualTo(1);
    }

    @Test
    void a_stop_code_is_good_once_in_its_realm_and_time() {
        database.run(em -> new Outbox(em)
                .put(new OutboxMessage(
                        "message", Optional.of("hash"), REALM, "mail", "login", "user", "key", "ja", "{}", NOW, NOW)));
        assertThat(stop("other realm", NOW.minusSeconds(1))).isEmpty();
        assertThat(stop(REALM, NOW)).as("too old").isEmpty();
        assertThat(stop(REALM, NOW.minusSeconds(1))).contains("user");
        assertThat(stop(REALM, NOW.minusSeconds(1))).as("used").isEmpty();
    }

    private Optional<String> stop(String realm, Instant since) {
        return database.call(em -> new Outbox(em).stop(realm, "hash", since, NOW));
    }

    private Dossier dossier(String device) {
        return database.call(em -> new Dossiers(em).find(REALM, ALICE, Optional.of(device)))
                .orElseThrow();
    }

    private static Counter counter(String subject) {
        return new Counter(
                new Counter.Key(subject, Counter.Key.UNKNOWN_DEVICES),
                1,
                NOW,
                1,
                Optional.empty(),
                Optional.empty(),
                0);
    }

    private boolean put(Optional<Operation> operation) {
        return database.call(
                em -> new Freezes(em).put(REALM, ALICE, "alice", operation, By.CUSTOMER, "by himself", NOW));
    }

    private List<Freeze> freezes() {
        return database.call(em -> new Freezes(em).of(ALICE));
    }

    private void propose(Freeze freeze, String officer) {
        database.run(em -> new Freezes(em).propose(freeze.id(), new Proposal(officer, NOW, "record")));
    }

    private boolean thaw(Freeze freeze) {
        return database.call(em -> new Freezes(em).thaw(freeze, "two", NOW));
    }

    private List<Freezes.Due> take(Instant now) {
        return database.call(em -> new Freezes(em).take(now, HOLD, 10));
    }
}
