package jp.sekisho.storage.counter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.lockout.Lockout;
import jp.sekisho.policies.lockout.LockoutPolicy;
import jp.sekisho.policies.lockout.Reservation;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CountersTest {

    private static final String REALM = "realm";
    private static final String CUSTOMER = "c".repeat(64);
    private static final Attempt STRANGER = new Attempt("password", Operation.LOGIN, Optional.empty(), false);
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
    private static final int THREADS = 60;

    private final Database database = new Database();
    private final Lockout lockout = new Lockout(
            new LockoutPolicy(5, Duration.ofSeconds(30), Duration.ofHours(1), 10, Duration.ofHours(24), 100));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void of_sixty_guesses_at_once_exactly_the_limit_are_granted() throws Exception {
        assertThat(grantedOf(THREADS, 0)).isEqualTo(5);
        assertThat(stored()).singleElement().satisfies(counter -> {
            assertThat(counter.failures()).isEqualTo(5);
            assertThat(counter.version()).isEqualTo(5);
        });
    }

    // FFAJ-1.4-S5: three operations do not give three times the guesses of one secret.
    @Test
    void of_sixty_guesses_at_once_for_three_operations_no_more_are_granted_than_for_one() throws Exception {
        List<Attempt> operations = Stream.of(Operation.TRADE, Operation.WITHDRAWAL, Operation.BANK_ACCOUNT_CHANGE)
                .map(operation -> Attempt.ofTradingPassword(operation, Optional.of("device")))
                .toList();
        assertThat(grantedOf(operations, THREADS, 0)).isEqualTo(5);
        for (int failures = 6; failures <= 10; failures++) {
            assertThat(grantedOf(operations, THREADS, 2 * 3600L * failures)).isEqualTo(1);
        }
        assertThat(grantedOf(operations, THREADS, 23 * 3600L)).isZero();
        List<Counter> counters = stored();
        assertThat(counters)
                .filteredOn(counter -> counter.key().scope().equals("device"))
                .singleElement()
                .satisfies(counter -> {
                    assertThat(counter.failures()).isEqualTo(10);
                    assertThat(counter.lockedAt()).isPresent();
                });
        assertThat(counters)
                .filteredOn(counter -> counter.key().scope().equals(Counter.Key.OPERATION))
                .extracting(Counter::failures)
                .satisfies(failures -> assertThat(
                                failures.stream().mapToInt(Integer::intValue).sum())
                        .isEqualTo(10));
    }

    @Test
    void after_the_throttle_one_of_sixty_is_granted_and_the_tenth_failure_ends_it() throws Exception {
        grantedOf(THREADS, 0);
        for (int failures = 6; failures <= 10; failures++) {
            assertThat(grantedOf(THREADS, 2 * 3600L * failures)).isEqualTo(1);
        }
        assertThat(grantedOf(THREADS, 23 * 3600L)).isZero();
        assertThat(stored()).singleElement().satisfies(counter -> {
            assertThat(counter.failures()).isEqualTo(10);
            assertThat(counter.lockedAt()).isPresent();
        });
    }

    @Test
    void a_successor_of_what_has_changed_is_not_stored_and_leaves_nothing_behind() {
        Counter credential = reserve(NOW).get(0);
        assertThat(replace(List.of(credential))).isTrue();
        Counter other = new Counter(
                new Counter.Key("LOGIN", Counter.Key.OPERATION), 1, NOW, 1, Optional.empty(), Optional.empty(), 0);
        // LOGIN comes first and could be stored; the password's predecessor is another one by now.
        assertThat(replace(List.of(credential, other))).isFalse();
        assertThat(stored()).extracting(Counter::key).containsExactly(credential.key());
    }

    @Test
    void what_was_stored_is_what_is_read() {
        Counter counter = new Counter(
                new Counter.Key("otp", "device"),
                3,
                NOW,
                17,
                Optional.of(NOW.plusMillis(1)),
                Optional.of(NOW.minusMillis(1)),
                0);
        assertThat(replace(List.of(counter))).isTrue();
        assertThat(stored()).containsExactly(counter.stored());
    }

    @Test
    void purged_is_what_is_old_and_remembers_little() {
        replace(List.of(counter("old-few", 2, Optional.empty()), counter("old-many", 50, Optional.empty())));
        replace(List.of(counter("locked", 2, Optional.of(NOW))));
        Optional<Deleted> purged =
                database.call(em -> new Counters(em).purge(REALM, NOW.plus(Duration.ofDays(1)), 10, 100));
        assertThat(purged).contains(new Deleted(1, NOW, NOW));
        assertThat(stored())
                .extracting(counter -> counter.key().subject())
                .containsExactlyInAnyOrder("old-many", "locked");
    }

    @Test
    void of_two_successors_of_one_counter_the_first_is_stored() {
        replace(List.of(counter("password", 1, Optional.empty())));
        Counter known = stored().get(0);
        Counter one = new Counter(known.key(), 2, NOW, 2, Optional.of(NOW), Optional.empty(), known.version());
        Counter other = new Counter(known.key(), 9, NOW, 9, Optional.empty(), Optional.of(NOW), known.version());
        assertThat(replace(List.of(one))).isTrue();
        assertThat(replace(List.of(other))).isFalse();
        assertThat(stored()).containsExactly(one.stored());
    }

    @Test
    void the_moment_decides_of_a_purge_on_whatever_day() {
        replace(List.of(counter("password", 1, Optional.empty())));
        // NOW is the first moment of a day.
        assertThat(purged(NOW)).isZero();
        assertThat(purged(NOW.plusMillis(1))).isEqualTo(1);

        Instant lastOfDay = NOW.minusMillis(1);
        database.attempt(em -> new Counters(em)
                .replace(REALM, CUSTOMER, List.of(counter("password", 1, Optional.empty())), lastOfDay));
        assertThat(purged(lastOfDay)).isZero();
        replaceAt(lastOfDay.minusMillis(1));
        assertThat(purged(lastOfDay)).isEqualTo(1);
    }

    @Test
    void a_counter_that_is_touched_again_moves_to_its_new_day() {
        replace(List.of(counter("password", 1, Optional.empty())));
        replaceAt(NOW.plus(Duration.ofDays(3)));
        assertThat(purged(NOW.plus(Duration.ofDays(3)))).isZero();
        assertThat(purged(NOW.plus(Duration.ofDays(3)).plusMillis(1))).isEqualTo(1);
    }

    private void replaceAt(Instant at) {
        assertThat(database.attempt(em -> new Counters(em).replace(REALM, CUSTOMER, stored(), at)))
                .isTrue();
    }

    private int purged(Instant before) {
        return database.<Optional<Deleted>>call(em -> new Counters(em).purge(REALM, before, 10, 100))
                .map(Deleted::rows)
                .orElse(0);
    }

    private static Counter counter(String subject, int consecutive, Optional<Instant> lockedAt) {
        return new Counter(new Counter.Key(subject, "device"), 1, NOW, consecutive, Optional.empty(), lockedAt, 0);
    }

    /** How many of so many simultaneous attempts may evaluate their secret. */
    private long grantedOf(int attempts, long secondsLater) throws Exception {
        return grantedOf(List.of(STRANGER), attempts, secondsLater);
    }

    /** @param kinds taken in turns */
    private long grantedOf(List<Attempt> kinds, int attempts, long secondsLater) throws Exception {
        Instant now = NOW.plusSeconds(secondsLater);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(attempts);
        try {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < attempts; i++) {
                Attempt kind = kinds.get(i % kinds.size());
                Callable<Boolean> attempt = () -> {
                    start.await();
                    return granted(kind, now);
                };
                results.add(threads.submit(attempt));
            }
            start.countDown();
            long granted = 0;
            for (Future<Boolean> result : results) {
                granted += result.get() ? 1 : 0;
            }
            return granted;
        } finally {
            threads.shutdownNow();
        }
    }

    /** As the guard does it: decide on what is read, store over exactly that, read again where somebody was faster. */
    private boolean granted(Attempt attempt, Instant now) {
        while (true) {
            List<Counter> successors = reserve(attempt, now);
            if (successors.isEmpty()) {
                return false;
            }
            if (replace(successors)) {
                return true;
            }
        }
    }

    private List<Counter> reserve(Instant now) {
        return reserve(STRANGER, now);
    }

    private List<Counter> reserve(Attempt attempt, Instant now) {
        Reservation reservation = lockout.reserve(stored(), attempt, now);
        return reservation instanceof Reservation.Granted granted ? granted.counters() : List.of();
    }

    private boolean replace(List<Counter> successors) {
        return database.attempt(em -> new Counters(em).replace(REALM, CUSTOMER, successors, NOW));
    }

    private List<Counter> stored() {
        return database.call(em -> new Counters(em).of(CUSTOMER));
    }
}
