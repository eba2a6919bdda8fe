package jp.sekisho.storage.payee;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.storage.payee.StoredPayee.State;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

// FFAJ-1.4-S3
class PayeesTest {

    private static final String REALM = "realm";
    private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");
    private static final Duration WAIT = Duration.ofHours(24);

    private final Database database = new Database();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aCustomerHasAnAccountOnce() {
        StoredPayee added = payee("alice", "account", NOW);
        assertThat(add(added)).isTrue();
        assertThat(add(payee("alice", "account", NOW))).isFalse();
        assertThat(find("alice", "account")).contains(added);
        assertThat(find("bob", "account")).isEmpty();
    }

    @Test
    void whoChangesOneWaitsAnewAndNeverLess() {
        StoredPayee added = payee("alice", "account", NOW);
        add(added);
        StoredPayee earlier = payee("alice", "account", NOW.minus(WAIT));
        assertThat(change(added, earlier)).isTrue();
        assertThat(find("alice", "account").orElseThrow().usableFrom()).isEqualTo(NOW.plus(WAIT));
        StoredPayee before = find("alice", "account").orElseThrow();
        StoredPayee later = payee("alice", "account", NOW.plusSeconds(60));
        assertThat(change(before, later)).isTrue();
        assertThat(find("alice", "account").orElseThrow().usableFrom())
                .isEqualTo(NOW.plusSeconds(60).plus(WAIT));
        assertThat(change(before, earlier)).as("somebody changed it meanwhile").isFalse();
    }

    @Test
    void whatWasTakenOffMeanwhileIsNotChanged() {
        StoredPayee added = payee("alice", "account", NOW);
        add(added);
        assertThat(database.<Boolean>call(em -> new Payees(em).move(added, State.REMOVED)))
                .isTrue();
        assertThat(change(added, payee("alice", "account", NOW.plusSeconds(60))))
                .isFalse();
        assertThat(find("alice", "account").orElseThrow().state()).isEqualTo(State.REMOVED);
    }

    @Test
    void whatIsInItsWaitIsTakenBackAndNothingElse() {
        add(payee("alice", "waits", NOW));
        add(payee("alice", "waited", NOW.minus(WAIT)));
        assertThat(database.<Integer>call(em -> new Payees(em).withdraw("alice", NOW)))
                .isEqualTo(1);
        assertThat(find("alice", "waits").orElseThrow().state()).isEqualTo(State.REMOVED);
        assertThat(find("alice", "waited").orElseThrow().state()).isEqualTo(State.PENDING);
    }

    @Test
    void whatWasBroughtInSinceIsTakenBackAlsoAfterItsWait() {
        add(payee("alice", "before", NOW.minusSeconds(1)));
        add(payee("alice", "since", NOW));
        add(payee("bob", "since", NOW));
        StoredPayee since = find("alice", "since").orElseThrow();
        database.run(em -> new Payees(em).move(since, State.KNOWN));
        assertThat(database.<Integer>call(em -> new Payees(em).removeSince("alice", NOW)))
                .isEqualTo(1);
        assertThat(find("alice", "since").orElseThrow().state()).isEqualTo(State.REMOVED);
        assertThat(find("alice", "before").orElseThrow().state()).isEqualTo(State.PENDING);
        assertThat(find("bob", "since").orElseThrow().state()).isEqualTo(State.PENDING);
    }

    private boolean add(StoredPayee payee) {
        return database.call(em -> new Payees(em).add(REALM, payee));
    }

    private boolean change(StoredPayee before, StoredPayee after) {
        return database.call(em -> new Payees(em).change(before, after));
    }

    private Optional<StoredPayee> find(String customer, String account) {
        return database.call(em -> new Payees(em).find(customer, account));
    }

    private static StoredPayee payee(String customer, String account, Instant at) {
        String id = UUID.randomUUID().toString();
        return new StoredPayee(
                id, customer, customer + "'s id", account, "key:" + id, State.PENDING, "operation", at, at.plus(WAIT));
    }
}
