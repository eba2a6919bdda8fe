package jp.sekisho.storage.interim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import jp.sekisho.policies.interim.AlternativeMfa;
import jp.sekisho.policies.interim.Exemption;
import jp.sekisho.policies.interim.OnFile;
import jp.sekisho.storage.customer.CustomerState;
import jp.sekisho.storage.key.RealmKeys;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is counted is counted once, and what two do at once one of them does. */
// JP25-4, JP25-5
class InterimTest {

    private static final String REALM = "realm";
    private static final String ALICE = "a".repeat(64);
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final Instant END = NOW.plus(Duration.ofDays(100));
    private static final int AT_ONCE = 24;

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
    void however_many_put_off_at_once_no_more_than_the_policy_says_do() throws Exception {
        List<Boolean> done = atOnce(turn ->
                () -> database.call(em -> new Postponements(em).use(REALM, ALICE, 5, NOW.plusSeconds(turn))));

        assertThat(done).filteredOn(Boolean::booleanValue).hasSize(5);
        assertThat(onFile()).isEqualTo(new OnFile(Optional.empty(), 5));
    }

    @Test
    void where_none_is_left_none_is_counted() {
        assertThat(database.<Boolean>call(em -> new Postponements(em).use(REALM, ALICE, 0, NOW)))
                .isFalse();
        assertThat(onFile()).isEqualTo(OnFile.NOTHING);
    }

    @Test
    void of_many_proposals_at_once_one_waits_and_of_many_approvals_one_grants() throws Exception {
        List<Proposal> proposals = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            proposals.add(proposal("officer-" + i));
        }
        assertThat(atOnce(turn -> () -> propose(proposals.get(turn))))
                .filteredOn(Boolean::booleanValue)
                .hasSize(1);
        Proposal waiting =
                database.call(em -> new Exemptions(em).proposal(ALICE)).orElseThrow();
        assertThat(proposals).contains(waiting);
        assertThat(onFile()).as("a proposal grants nothing").isEqualTo(OnFile.NOTHING);

        assertThat(approve(waiting, waiting.proposedBy())).as("his own").isFalse();
        assertThat(approve(proposal("officer-1"), "approver")).as("another one").isFalse();
        assertThat(atOnce(turn -> () -> approve(waiting, "approver-" + turn)))
                .filteredOn(Boolean::booleanValue)
                .hasSize(1);
        assertThat(onFile()).isEqualTo(new OnFile(Optional.of(new Exemption(AlternativeMfa.TOTP, END)), 0));
        assertThat(onFileGrant()).hasValueSatisfying(grant -> {
            assertThat(grant.proposal()).isEqualTo(waiting);
            assertThat(grant.approvedBy()).startsWith("approver-");
            assertThat(grant.ended()).isEmpty();
        });
    }

    @Test
    void an_exemption_ends_once_and_the_file_says_when() throws Exception {
        Proposal granted = granted();
        Instant later = NOW.plusSeconds(60);
        assertThat(atOnce(turn ->
                        () -> database.<Boolean>call(em -> new Exemptions(em).end(ALICE, granted.id(), later))))
                .filteredOn(Boolean::booleanValue)
                .hasSize(1);
        assertThat(onFile().exemption()).contains(new Exemption(AlternativeMfa.TOTP, later));
        assertThat(database.<List<?>>call(em -> new Exemptions(em).expired(REALM, END)))
                .isEmpty();
    }

    @Test
    void its_own_end_is_recorded_once_and_moves_nothing() throws Exception {
        granted();
        assertThat(open(END.minusMillis(1))).isEqualTo(1);
        assertThat(open(END)).isZero();
        assertThat(database.<List<?>>call(em -> new Exemptions(em).expired(REALM, END.minusMillis(1))))
                .isEmpty();
        Exemptions.Expired expired =
                database.call(em -> new Exemptions(em).expired(REALM, END)).get(0);
        assertThat(expired.at()).isEqualTo(END);
        assertThat(atOnce(turn -> () -> database.<Boolean>call(em -> new Exemptions(em).expire(expired, END))))
                .filteredOn(Boolean::booleanValue)
                .hasSize(1);
        assertThat(onFile().exemption()).contains(new Exemption(AlternativeMfa.TOTP, END));
        assertThat(database.<Boolean>call(em -> new Exemptions(em).end(ALICE, expired.id(), END)))
                .as("it has ended")
                .isFalse();
    }

    @Test
    void a_new_exemption_takes_the_place_of_the_old_one() {
        granted();
        Proposal next = proposal("officer-2");
        assertThat(propose(next)).isTrue();
        assertThat(approve(next, "approver")).isTrue();
        assertThat(onFileGrant()).map(grant -> grant.proposal().id()).contains(next.id());
        assertThat(open(NOW)).isEqualTo(1);
    }

    @Test
    void it_goes_with_its_customer() {
        granted();
        propose(proposal("officer"));
        database.call(em -> new Postponements(em).use(REALM, ALICE, 5, NOW));
        database.run(em -> new CustomerState(em).deleteCustomer(REALM, ALICE, "alice", NOW));
        assertThat(onFile()).isEqualTo(OnFile.NOTHING);
        assertThat(database.<Long>call(em -> new Exemptions(em).proposed(REALM)))
                .isZero();
    }

    private Proposal granted() {
        Proposal proposal = proposal("officer");
        assertThat(propose(proposal)).isTrue();
        assertThat(approve(proposal, "approver")).isTrue();
        return proposal;
    }

    private static Proposal proposal(String officer) {
        return new Proposal(UUID.randomUUID().toString(), "目の不自由な方", AlternativeMfa.TOTP, "2026-04", officer, NOW, END);
    }

    private boolean propose(Proposal proposal) {
        return database.call(em -> new Exemptions(em).propose(REALM, ALICE, "alice", proposal));
    }

    private boolean approve(Proposal proposal, String approver) {
        return database.call(em -> new Exemptions(em).approve(REALM, ALICE, "alice", proposal, approver, NOW));
    }

    private long open(Instant at) {
        return database.call(em -> new Exemptions(em).open(REALM, at));
    }

    private Optional<Grant> onFileGrant() {
        return database.call(em -> new Exemptions(em).granted(ALICE));
    }

    private OnFile onFile() {
        return database.call(em -> new OnFiles(em).of(ALICE));
    }

    private static List<Boolean> atOnce(IntFunction<Callable<Boolean>> turn) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            CyclicBarrier start = new CyclicBarrier(AT_ONCE);
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                Callable<Boolean> work = turn.apply(i);
                running.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            List<Boolean> done = new ArrayList<>();
            for (Future<Boolean> future : running) {
                done.add(future.get());
            }
            return done;
        } finally {
            threads.shutdownNow();
        }
    }
}
