package jp.sekisho.storage.freeze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.freeze.Freeze.Approval;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.freeze.Freeze.Proposal;
import jp.sekisho.policies.freeze.Rebind;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.customer.CustomerState;
import jp.sekisho.storage.dossier.Dossier;
import jp.sekisho.storage.dossier.Dossiers;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
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
        database.run(em -> new RealmKeys(em).createIfAbsent(REALM, "secret"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_same_is_frozen_once_at_a_time_and_again_after_a_thaw() {
        put(Optional.empty());
        put(Optional.empty());
        put(Optional.of(Operation.WITHDRAWAL));
        assertThat(freezes()).hasSize(2);

        freezes().forEach(freeze -> propose(freeze, "one"));
        freezes().forEach(freeze -> assertThat(approve(freeze)).isTrue());
        assertThat(freezes()).as("in force until it is thawed").hasSize(2);
        assertThat(lastThaw()).isEmpty();
        freezes().forEach(freeze -> assertThat(thaw(freeze)).isTrue());

        assertThat(freezes()).isEmpty();
        assertThat(lastThaw()).isPresent();
        assertThat(put(Optional.empty())).isFalse();
        assertThat(freezes()).hasSize(1);
    }

    @Test
    void who_freezes_again_moves_the_instant_and_withdraws_what_was_proposed_and_approved() {
        put(Optional.empty());
        assertThat(put(Optional.empty(), By.STOP_CODE, NOW.plusSeconds(1))).isFalse();
        assertThat(freezes())
                .extracting(Freeze::at, Freeze::by)
                .containsExactly(tuple(NOW.plusSeconds(1), By.STOP_CODE));

        propose(freezes().get(0), "one");
        Freeze proposed = freezes().get(0);
        assertThat(put(Optional.empty(), By.STOP_CODE, NOW.plusSeconds(2))).isTrue();
        assertThat(freezes().get(0).proposal()).isEmpty();
        assertThat(approve(proposed)).isFalse();

        propose(freezes().get(0), "one");
        assertThat(approve(freezes().get(0))).isTrue();
        Freeze approved = freezes().get(0);
        assertThat(approved.approval().orElseThrow().rebind()).isEqualTo(Rebind.PASSKEY);
        assertThat(put(Optional.of(Operation.TRADE), By.OFFICER, NOW.plusSeconds(3)))
                .as("of anything else as well")
                .isTrue();
        assertThat(thaw(approved)).isFalse();
        assertThat(freezes()).hasSize(2).allMatch(freeze -> freeze.approval().isEmpty());
        assertThat(take(NOW.plusSeconds(3))).as("its consequences once more").hasSize(1);
    }

    /** The row does not say yet that it is proposed to thaw it. */
    @Test
    void who_freezes_again_withdraws_what_is_proposed_at_that_moment_too() {
        for (Optional<Operation> again : List.of(Optional.<Operation>empty(), Optional.of(Operation.TRADE))) {
            put(Optional.empty());
            Freeze frozen = freezes().get(0);

            boolean underWay = database.behind(
                    em -> new Freezes(em).propose(frozen, new Proposal("one", NOW, "record")),
                    em -> new Freezes(em)
                            .put(REALM, ALICE, "alice", again, By.STOP_CODE, "a reason", false, NOW.plusSeconds(1)));

            assertThat(underWay).isTrue();
            assertThat(freezes()).allMatch(freeze -> freeze.proposal().isEmpty());
        }
    }

    @Test
    void who_proposes_a_thaw_looks_at_what_is_frozen_at_that_moment_too() {
        put(Optional.empty());

        List<Freeze> seen = database.behind(
                em -> new Freezes(em)
                        .put(
                                REALM,
                                ALICE,
                                "alice",
                                Optional.of(Operation.TRADE),
                                By.STOP_CODE,
                                "a reason",
                                false,
                                NOW.plusSeconds(1)),
                em -> new Freezes(em).held(ALICE));

        assertThat(seen).hasSize(2).last().extracting(Freeze::at).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void what_was_proposed_anew_is_not_approved_by_an_older_proposal() {
        put(Optional.empty());
        propose(freezes().get(0), "one");
        Freeze seen = freezes().get(0);
        propose(seen, "other");
        assertThat(approve(seen)).isFalse();
        assertThat(approve(freezes().get(0))).isTrue();
        Freeze approved = freezes().get(0);
        propose(approved, "one");
        assertThat(thaw(approved)).as("what was proposed again is not approved").isFalse();
    }

    @Test
    void a_thaw_is_not_proposed_of_what_was_frozen_again_since_it_was_read() {
        put(Optional.empty());
        Freeze seen = freezes().get(0);
        put(Optional.empty(), By.STOP_CODE, NOW.plusSeconds(1));
        assertThat(proposed(seen, "one"))
                .as("the identity was verified before it")
                .isFalse();
        assertThat(freezes().get(0).proposal()).isEmpty();
        assertThat(proposed(freezes().get(0), "one")).isTrue();
    }

    @Test
    void a_mark_is_lifted_by_its_name_and_ends_with_its_time() {
        database.run(em -> new Hostiles(em).mark(REALM, ALICE, Hostiles.device("device"), NOW, true));
        database.run(em -> new Hostiles(em).mark(REALM, ALICE, Hostiles.source("192.0.2.1"), NOW, true));
        database.run(em -> new Hostiles(em).mark(REALM, ALICE, Hostiles.device("device"), NOW.plusSeconds(5), true));
        assertThat(marks())
                .containsExactly(
                        new Hostiles.Mark("device:device", NOW.plusSeconds(5), true),
                        new Hostiles.Mark("source:192.0.2.1", NOW, true));
        Optional<Instant> marked = database.call(em -> new Hostiles(em).source(ALICE, "192.0.2.1"));
        assertThat(marked).contains(NOW);
        assertThat(lift("source:192.0.2.1")).isTrue();
        assertThat(lift("source:192.0.2.1")).isFalse();
        database.run(em -> new Hostiles(em).mark(REALM, ALICE, Hostiles.source("192.0.2.2"), NOW.plusSeconds(6), true));
        assertThat(deleteMarked(NOW.plusSeconds(5))).isEmpty();
        assertThat(deleteMarked(NOW.plusSeconds(6))).contains(new Deleted(1, NOW.plusSeconds(5), NOW.plusSeconds(5)));
        assertThat(marks()).extracting(Hostiles.Mark::mark).containsExactly("source:192.0.2.2");
    }

    @Test
    void what_nobody_confirmed_is_taken_back_and_what_somebody_did_is_as_it_was() {
        mark("device", NOW, false);
        mark("other", NOW, false);
        mark("known", NOW, true);
        mark("known", NOW.plusSeconds(5), false);
        mark("both", NOW, false);
        mark("both", NOW.plusSeconds(5), true);
        assertThat(marks())
                .containsExactly(
                        new Hostiles.Mark("device:both", NOW.plusSeconds(5), true),
                        new Hostiles.Mark("device:known", NOW.plusSeconds(5), true),
                        new Hostiles.Mark("device:device", NOW, false),
                        new Hostiles.Mark("device:other", NOW, false));

        assertThat(doubt("device")).isTrue();
        assertThat(doubt("device")).isFalse();
        assertThat(doubt("known")).isTrue();
        assertThat(doubt("known")).isFalse();
        assertThat(doubt("both")).isFalse();

        assertThat(marks())
                .containsExactly(
                        new Hostiles.Mark("device:both", NOW.plusSeconds(5), true),
                        new Hostiles.Mark("device:known", NOW, true),
                        new Hostiles.Mark("device:other", NOW, false));
    }

    private void mark(String device, Instant at, boolean confirmed) {
        database.run(em -> new Hostiles(em).mark(REALM, ALICE, Hostiles.device(device), at, confirmed));
    }

    private boolean doubt(String device) {
        return database.call(em -> new Hostiles(em).doubt(ALICE, Hostiles.device(device)));
    }

    @Test
    void logins_were_shut_when_they_were_frozen_last_thawed_or_not() {
        assertThat(lastShut()).isEmpty();
        put(Optional.of(Operation.TRADE));
        assertThat(lastShut()).isEmpty();
        put(Optional.of(Operation.LOGIN));
        assertThat(lastShut()).contains(NOW);
    }

    private Optional<Instant> lastShut() {
        return database.call(em -> new Freezes(em).lastShut(ALICE));
    }

    private List<Hostiles.Mark> marks() {
        return database.call(em -> new Hostiles(em).of(ALICE));
    }

    private Optional<Deleted> deleteMarked(Instant before) {
        return database.call(em -> new Hostiles(em).deleteMarked(REALM, before, 10));
    }

    private boolean lift(String mark) {
        return database.call(em -> new Hostiles(em).lift(ALICE, mark));
    }

    @Test
    void what_is_due_is_taken_by_one_until_it_is_done_and_a_thawed_one_by_nobody() {
        put(Optional.empty());
        put(Optional.of(Operation.TRADE));
        List<Freezes.Due> taken = take(NOW);
        assertThat(taken).hasSize(1);
        assertThat(take(NOW)).as("somebody has it").isEmpty();
        assertThat(take(NOW.plus(HOLD))).as("again").hasSize(1);
        database.run(em -> new Freezes(em).done(taken.get(0)));
        List<Freezes.Due> again = take(NOW.plus(HOLD).plus(HOLD));
        assertThat(again).as("who was too slow ends nothing").hasSize(1);
        database.run(em -> new Freezes(em).done(again.get(0)));
        assertThat(take(NOW.plus(HOLD.multipliedBy(3)))).isEmpty();
    }

    @Test
    void what_is_frozen_anew_while_its_consequences_are_brought_about_has_them_again() {
        put(Optional.empty());
        List<Freezes.Due> taken = take(NOW);
        put(Optional.empty(), By.STOP_CODE, NOW.plusSeconds(1));
        database.run(em -> new Freezes(em).done(taken.get(0)));
        assertThat(take(NOW.plusSeconds(1))).hasSize(1);
    }

    @Test
    void who_is_made_anew_is_frozen_still_and_a_thaw_begins_anew() {
        put(Optional.empty());
        put(Optional.of(Operation.TRADE));
        freezes().forEach(freeze -> propose(freeze, "one"));
        freezes().forEach(freeze -> assertThat(approve(freeze)).isTrue());
        freezes().stream()
                .filter(freeze -> freeze.covers(Operation.LOGIN))
                .forEach(freeze -> assertThat(thaw(freeze)).isTrue());
        put(Optional.empty());
        freezes().forEach(freeze -> propose(freeze, "one"));
        assertThat(returned()).as("he was never gone").isFalse();

        database.run(em -> new CustomerState(em).deleteCustomer(REALM, ALICE, "alice", NOW));

        assertThat(freezes()).hasSize(2).allMatch(freeze -> freeze.proposal().isEmpty());
        assertThat(dossier("device").frozen(Operation.LOGIN)).isTrue();
        assertThat(take(NOW)).as("nobody to disable").isEmpty();
        assertThat(returned()).isTrue();
        assertThat(returned()).isFalse();
        assertThat(take(NOW)).hasSize(1);
        assertThat(deleteGone(NOW.plusSeconds(1))).as("he is back").isEmpty();

        database.run(em -> new CustomerState(em).deleteCustomer(REALM, ALICE, "alice", NOW));
        assertThat(deleteGone(NOW)).isEmpty();
        assertThat(deleteGone(NOW.plusSeconds(1)))
                .hasValueSatisfying(deleted -> assertThat(deleted.rows()).isEqualTo(2));
        assertThat(freezes()).isEmpty();
    }

    @Test
    void whom_somebody_else_had_disabled_is_remembered() {
        database.run(
                em -> new Freezes(em).put(REALM, ALICE, "alice", Optional.empty(), By.OFFICER, "a reason", true, NOW));
        put(Optional.empty());
        put(Optional.of(Operation.TRADE));
        assertThat(freezes())
                .extracting(Freeze::operation, Freeze::disabledBefore)
                .containsExactlyInAnyOrder(tuple(Optional.empty(), true), tuple(Optional.of(Operation.TRADE), false));
        assertThat(dossier("device").freezes())
                .extracting(Freeze::disabledBefore)
                .contains(true);
    }

    private boolean returned() {
        return database.call(em -> new Freezes(em).returned(ALICE, NOW));
    }

    private Optional<Deleted> deleteGone(Instant before) {
        return database.call(em -> new Freezes(em).deleteGone(REALM, before, 10));
    }

    @Test
    void a_dossier_has_each_freeze_and_counter_once_and_the_devices_mark() {
        put(Optional.of(Operation.TRADE));
        put(Optional.of(Operation.WITHDRAWAL));
        database.run(em -> new Counters(em).replace(REALM, ALICE, List.of(counter("password"), counter("otp")), NOW));
        database.run(em -> new Hostiles(em).mark(REALM, ALICE, Hostiles.device("device"), NOW, true));
        database.run(em -> new Hostiles(em).mark(REALM, ALICE, Hostiles.device("device"), NOW, true));

        Dossier dossier = dossier("device");
        assertThat(dossier.freezes()).hasSize(2);
        assertThat(dossier.counters()).hasSize(2);
        assertThat(dossier.disownedDeviceAt()).contains(NOW);
        assertThat(dossier.frozen(Operation.TRADE)).isTrue();
        assertThat(dossier.frozen(Operation.LOGIN)).isFalse();
        assertThat(dossier("another").disownedDeviceAt()).isEmpty();
        assertThat(database.statements(em -> new Dossiers(em).find(REALM, ALICE, Optional.of("device"))))
                .isEqualTo(1);
    }

    private Optional<Instant> lastThaw() {
        return database.call(em -> new Freezes(em).lastThaw(ALICE));
    }

    @Test
    void a_stop_code_is_good_once_in_its_realm_and_time() {
        database.run(em -> new Outbox(em)
                .put(new OutboxMessage(
                        "message",
                        Optional.of("hash"),
                        REALM,
                        "mail",
                        "login",
                        Optional.of("user"),
                        "key",
                        "ja",
                        "{}",
                        NOW,
                        NOW)));
        assertThat(owner(REALM, "hash")).contains("user");
        assertThat(owner("other realm", "hash")).isEmpty();
        assertThat(owner(REALM, "")).isEmpty();
        assertThat(stop("other realm", NOW)).isFalse();
        assertThat(stop(REALM, NOW.plusMillis(1))).as("too old").isFalse();
        assertThat(stop(REALM, NOW)).as("of a thaw, with its notice").isTrue();
        assertThat(stop(REALM, NOW)).as("used").isFalse();
    }

    private Optional<String> owner(String realm, String hash) {
        return database.call(em -> new Outbox(em).ofStopCode(realm, hash));
    }

    private boolean stop(String realm, Instant since) {
        return database.call(em -> new Outbox(em).stop(realm, "hash", since, NOW));
    }

    private Dossier dossier(String device) {
        return database.call(em -> new Dossiers(em).find(REALM, ALICE, Optional.of(device)));
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
        return put(operation, By.CUSTOMER, NOW);
    }

    private boolean put(Optional<Operation> operation, By by, Instant at) {
        return database.call(em -> new Freezes(em).put(REALM, ALICE, "alice", operation, by, "a reason", false, at));
    }

    private boolean approve(Freeze freeze) {
        return database.call(em -> new Freezes(em).approve(freeze, new Approval("two", NOW, Rebind.PASSKEY)));
    }

    private List<Freeze> freezes() {
        return database.call(em -> new Freezes(em).of(ALICE));
    }

    private void propose(Freeze freeze, String officer) {
        assertThat(proposed(freeze, officer)).isTrue();
    }

    private boolean proposed(Freeze freeze, String officer) {
        return database.call(em -> new Freezes(em).propose(freeze, new Proposal(officer, NOW, "record")));
    }

    private boolean thaw(Freeze freeze) {
        return database.call(em -> new Freezes(em).thaw(freeze, NOW));
    }

    private List<Freezes.Due> take(Instant now) {
        return database.call(em -> new Freezes(em).take(now, HOLD, 10));
    }
}
