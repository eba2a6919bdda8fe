package jp.sekisho.policies.lockout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.policies.lockout.Reservation.Granted;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.operation.Operation;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeTry;
import org.junit.jupiter.api.Test;

class LockoutTest {

    private static final LockoutPolicy POLICY =
            new LockoutPolicy(5, Duration.ofSeconds(30), Duration.ofHours(1), 10, Duration.ofHours(24), 100);
    private static final Attempt STRANGER = password(Optional.empty());
    private static final Attempt AT_HOME = password(Optional.of("device-1"));
    private static final Attempt OTP_OF_STRANGER = new Attempt("otp", Operation.LOGIN, Optional.empty(), true);

    private final Lockout lockout = new Lockout(POLICY);
    private final Map<Counter.Key, Counter> stored = new HashMap<>();
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");

    /** All tries of a property share one instance. */
    @BeforeTry
    void nothingWasTriedBefore() {
        stored.clear();
    }

    @Test
    void the_fifth_failure_throttles_and_each_further_one_doubles_the_wait_up_to_an_hour() {
        for (int i = 0; i < 4; i++) {
            assertThat(lockout.reserve(stored.values(), STRANGER, now)).isInstanceOf(Granted.class);
            fail(STRANGER);
        }
        fail(STRANGER);
        assertThat(refusalOf(STRANGER)).contains(Refusal.THROTTLE);
        now = now.plus(Duration.ofSeconds(30));
        fail(STRANGER);
        now = now.plus(Duration.ofSeconds(59));
        assertThat(refusalOf(STRANGER)).contains(Refusal.THROTTLE);
        now = now.plus(Duration.ofSeconds(1));
        assertThat(refusalOf(STRANGER)).isEmpty();
        assertThat(POLICY.throttle(30)).isEqualTo(Duration.ofHours(1));
        assertThat(POLICY.throttle(Integer.MAX_VALUE)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void the_tenth_failure_from_unknown_devices_keeps_strangers_out_and_the_known_device_in() {
        failPatiently(STRANGER, 10);
        assertThat(refusalOf(STRANGER)).contains(Refusal.STRANGER_LOCK);
        assertThat(refusalOf(OTP_OF_STRANGER)).contains(Refusal.STRANGER_LOCK);
        assertThat(refusalOf(AT_HOME)).isEmpty();
        assertThat(lockout.locked(stored.values(), Operation.LOGIN)).isFalse();

        store(lockout.strangerLockLifted(stored.values(), now));
        assertThat(refusalOf(STRANGER)).isEmpty();
    }

    @Test
    void the_tenth_failure_on_a_known_device_locks_the_operation() {
        failPatiently(AT_HOME, 10);
        assertThat(refusalOf(AT_HOME)).contains(Refusal.LOCK);
        assertThat(refusalOf(STRANGER)).contains(Refusal.LOCK);
        assertThat(lockout.locked(stored.values(), Operation.LOGIN)).isTrue();
        assertThat(lockout.locked(stored.values(), Operation.WITHDRAWAL)).isFalse();
        store(lockout.strangerLockLifted(stored.values(), now));
        assertThat(refusalOf(AT_HOME)).contains(Refusal.LOCK);

        store(lockout.unlocked(stored.values(), now));
        assertThat(refusalOf(AT_HOME)).isEmpty();
    }

    @Test
    void the_right_password_at_the_tenth_attempt_on_a_known_device_locks_nothing() {
        failPatiently(AT_HOME, 9);
        now = now.plus(POLICY.longestThrottle());
        fail(AT_HOME);
        store(lockout.verified(stored.values(), AT_HOME, now));
        assertThat(refusalOf(AT_HOME)).isEmpty();
        assertThat(lockout.recentFailures(stored.values(), now)).isZero();
    }

    @Test
    void ten_wrong_second_factors_lock_the_operation_although_the_password_was_right_each_time() {
        for (int i = 0; i < 10; i++) {
            fail(STRANGER);
            store(lockout.verified(stored.values(), STRANGER, now));
            fail(OTP_OF_STRANGER);
            now = now.plus(POLICY.longestThrottle());
        }
        assertThat(refusalOf(OTP_OF_STRANGER)).contains(Refusal.LOCK);
        assertThat(refusalOf(AT_HOME)).contains(Refusal.LOCK);
    }

    @Test
    void a_hundred_consecutive_failures_end_the_credential_for_unknown_devices_until_it_is_bound_again() {
        for (int day = 0; day < 10; day++) {
            failPatiently(STRANGER, 10);
            store(lockout.strangerLockLifted(stored.values(), now));
            now = now.plus(POLICY.window());
        }
        assertThat(refusalOf(STRANGER)).contains(Refusal.CREDENTIAL_ENDED);
        assertThat(refusalOf(AT_HOME)).isEmpty();
        store(lockout.rebound(stored.values(), "password", now));
        assertThat(refusalOf(STRANGER)).isEmpty();
    }

    @Test
    void a_new_password_is_no_unlock() {
        failPatiently(STRANGER, 10);
        store(lockout.rebound(stored.values(), "password", now));
        assertThat(refusalOf(STRANGER)).contains(Refusal.STRANGER_LOCK);
    }

    @Test
    void an_exposed_password_is_remembered_until_it_is_changed_and_locks_nobody() {
        store(lockout.exposed(stored.values(), "password", now));
        assertThat(lockout.isExposed(stored.values(), "password")).isTrue();
        assertThat(refusalOf(STRANGER)).isEmpty();
        assertThat(refusalOf(AT_HOME)).isEmpty();
        store(lockout.unlocked(stored.values(), now));
        assertThat(lockout.isExposed(stored.values(), "password")).isTrue();
        store(lockout.rebound(stored.values(), "password", now));
        assertThat(lockout.isExposed(stored.values(), "password")).isFalse();
        assertThat(lockout.rebound(stored.values(), "password", now))
                .as("nothing is left to change")
                .isEmpty();
    }

    @Test
    void failures_older_than_the_window_slow_nobody_down() {
        failPatiently(STRANGER, 9);
        now = now.plus(POLICY.window());
        fail(STRANGER);
        assertThat(refusalOf(STRANGER)).isEmpty();
        assertThat(lockout.recentFailures(stored.values(), now)).isEqualTo(1);
    }

    @Property
    void never_more_than_the_limit_is_granted_whatever_the_pace(
            @ForAll List<@IntRange(max = 7200) Integer> pauses, @ForAll boolean known) {
        Attempt attempt = known ? AT_HOME : STRANGER;
        Instant start = now;
        int granted = 0;
        for (int pause : pauses) {
            now = now.plusSeconds(pause);
            if (now.isBefore(start.plus(POLICY.window()))
                    && lockout.reserve(stored.values(), attempt, now) instanceof Granted reservation) {
                store(reservation.counters());
                granted++;
            }
        }
        assertThat(granted).isLessThanOrEqualTo(POLICY.lockAfter());
    }

    // FFAJ-1.3-B3, FFAJ-1.4-S5
    @Test
    void guesses_of_the_trading_password_add_up_over_operations_and_stop_all_that_need_it_but_no_login() {
        failPatiently(tradingAtHome(Operation.TRADE), 4);
        failPatiently(tradingAtHome(Operation.WITHDRAWAL), 3);
        failPatiently(tradingAtHome(Operation.BANK_ACCOUNT_CHANGE), 3);
        for (Operation operation : List.of(
                Operation.TRADE, Operation.WITHDRAWAL, Operation.BANK_ACCOUNT_CHANGE, Operation.PROFILE_CHANGE)) {
            assertThat(refusalOf(tradingAtHome(operation))).contains(Refusal.CREDENTIAL_LOCK);
            assertThat(refusalOf(tradingElsewhere(operation)))
                    .as("nor elsewhere")
                    .contains(Refusal.CREDENTIAL_LOCK);
            assertThat(lockout.locked(stored.values(), operation))
                    .as("who need not type it goes on")
                    .isFalse();
        }
        assertThat(refusalOf(AT_HOME)).isEmpty();
        assertThat(refusalOf(STRANGER)).isEmpty();
        store(lockout.unlocked(stored.values(), now));
        assertThat(refusalOf(tradingAtHome(Operation.TRADE))).isEmpty();
    }

    // FFAJ-1.4-S5
    @Test
    void an_operation_has_a_limit_of_its_own_which_the_right_password_for_another_one_does_not_put_off() {
        for (int i = 0; i < 10; i++) {
            failPatiently(tradingAtHome(Operation.WITHDRAWAL), 1);
            now = now.plus(POLICY.longestThrottle());
            right(tradingAtHome(Operation.TRADE));
        }
        assertThat(refusalOf(tradingAtHome(Operation.WITHDRAWAL))).contains(Refusal.LOCK);
        assertThat(lockout.locked(stored.values(), Operation.WITHDRAWAL)).isTrue();
        assertThat(refusalOf(tradingAtHome(Operation.TRADE))).isEmpty();
        assertThat(refusalOf(AT_HOME)).isEmpty();
    }

    @Test
    void the_right_trading_password_takes_back_what_was_counted_of_its_operation() {
        failPatiently(tradingAtHome(Operation.WITHDRAWAL), 9);
        now = now.plus(POLICY.longestThrottle());
        right(tradingAtHome(Operation.WITHDRAWAL));
        failPatiently(tradingAtHome(Operation.WITHDRAWAL), 4);
        assertThat(refusalOf(tradingAtHome(Operation.WITHDRAWAL))).isEmpty();
    }

    @Test
    void the_tenth_right_trading_password_locks_nothing() {
        failPatiently(tradingAtHome(Operation.TRADE), 9);
        now = now.plus(POLICY.longestThrottle());
        Reservation reservation = lockout.reserve(stored.values(), tradingAtHome(Operation.TRADE), now);
        assertThat(((Granted) reservation).locksIfWrong()).contains(Refusal.CREDENTIAL_LOCK);
        store(((Granted) reservation).counters());
        store(lockout.verified(stored.values(), tradingAtHome(Operation.TRADE), now));
        assertThat(refusalOf(tradingAtHome(Operation.TRADE))).isEmpty();
    }

    @Test
    void strangers_locked_out_of_one_secret_are_not_locked_out_of_the_other() {
        failPatiently(tradingElsewhere(Operation.TRADE), 5);
        failPatiently(tradingElsewhere(Operation.WITHDRAWAL), 5);
        now = now.plus(POLICY.longestThrottle());
        assertThat(refusalOf(tradingElsewhere(Operation.WITHDRAWAL))).contains(Refusal.STRANGER_LOCK);
        assertThat(refusalOf(tradingAtHome(Operation.WITHDRAWAL))).isEmpty();
        assertThat(refusalOf(STRANGER)).as("the login").isEmpty();

        store(lockout.strangerLockLifted(stored.values(), now));
        failPatiently(STRANGER, 10);
        assertThat(refusalOf(STRANGER)).contains(Refusal.STRANGER_LOCK);
        assertThat(refusalOf(tradingElsewhere(Operation.TRADE)))
                .as("who is logged in trades on")
                .isEmpty();
    }

    @Test
    void a_locked_login_password_stops_no_trading_password_and_a_new_trading_password_is_no_unlock() {
        failPatiently(AT_HOME, 10);
        assertThat(refusalOf(tradingAtHome(Operation.TRADE))).isEmpty();
        failPatiently(tradingAtHome(Operation.TRADE), 10);
        store(lockout.rebound(stored.values(), Attempt.TRADING_PASSWORD, now));
        assertThat(refusalOf(tradingAtHome(Operation.WITHDRAWAL))).contains(Refusal.CREDENTIAL_LOCK);
    }

    @Property
    void operations_taken_in_turns_give_no_more_guesses_than_one(
            @ForAll List<@IntRange(max = 7200) Integer> pauses, @ForAll boolean known) {
        List<Operation> operations = List.of(Operation.TRADE, Operation.WITHDRAWAL, Operation.BANK_ACCOUNT_CHANGE);
        Instant start = now;
        int granted = 0;
        for (int i = 0; i < pauses.size(); i++) {
            now = now.plusSeconds(pauses.get(i));
            Operation operation = operations.get(i % operations.size());
            Attempt attempt = known ? tradingAtHome(operation) : tradingElsewhere(operation);
            if (now.isBefore(start.plus(POLICY.window()))
                    && lockout.reserve(stored.values(), attempt, now) instanceof Granted reservation) {
                store(reservation.counters());
                granted++;
            }
        }
        assertThat(granted).isLessThanOrEqualTo(POLICY.lockAfter());
    }

    @Test
    void of_two_secrets_in_one_form_the_wrong_one_counts_and_the_operation_once() {
        Attempt both = bothAtHome(Operation.WITHDRAWAL);
        wrong(both, Attempt.TRADING_PASSWORD);
        wrong(both, Attempt.TRADING_PASSWORD);
        wrong(both, "otp");
        assertThat(failures("trading-password", "device-1")).isEqualTo(2);
        assertThat(failures("otp", "device-1")).isEqualTo(1);
        assertThat(failures("WITHDRAWAL", "operation")).isEqualTo(3);
        right(both);
        assertThat(lockout.recentFailures(stored.values(), now)).isZero();
        assertThat(failures("WITHDRAWAL", "operation")).isZero();
    }

    @Test
    void a_code_guessed_for_one_operation_is_guessed_for_all_that_need_it_and_stops_no_login() {
        for (int i = 0; i < 10; i++) {
            Operation operation = i % 2 == 0 ? Operation.WITHDRAWAL : Operation.TRADE;
            now = now.plus(POLICY.longestThrottle());
            wrong(bothAtHome(operation), "otp");
        }
        now = now.plus(POLICY.longestThrottle());
        assertThat(refusalOf(bothAtHome(Operation.BANK_ACCOUNT_CHANGE))).contains(Refusal.CREDENTIAL_LOCK);
        assertThat(refusalOf(tradingAtHome(Operation.WITHDRAWAL)))
                .as("with a passkey in its place")
                .isEmpty();
        assertThat(lockout.locked(stored.values(), Operation.LOGIN)).isFalse();
        assertThat(refusalOf(AT_HOME)).isEmpty();
        assertThat(refusalOf(new Attempt("otp", Operation.LOGIN, Optional.of("device-1"), true)))
                .isEmpty();
    }

    @Test
    void a_trading_password_guessed_on_an_unknown_device_keeps_nobody_from_logging_in_there() {
        Attempt both = Attempt.ofTradingPassword(Operation.WITHDRAWAL, Optional.empty())
                .with("otp");
        for (int i = 0; i < 10; i++) {
            now = now.plus(POLICY.longestThrottle());
            wrong(both, Attempt.TRADING_PASSWORD);
        }
        assertThat(refusalOf(both)).contains(Refusal.LOCK);
        assertThat(refusalOf(STRANGER)).isEmpty();
        assertThat(refusalOf(OTP_OF_STRANGER)).isEmpty();
    }

    @Test
    void the_tenth_form_is_looked_at_and_a_right_one_locks_nothing() {
        Attempt both = bothAtHome(Operation.WITHDRAWAL);
        for (int i = 0; i < 9; i++) {
            now = now.plus(POLICY.longestThrottle());
            wrong(both, "otp");
        }
        now = now.plus(POLICY.longestThrottle());
        right(both);
        assertThat(refusalOf(both)).isEmpty();
        assertThat(lockout.locked(stored.values(), Operation.WITHDRAWAL)).isFalse();
    }

    @Property
    void two_secrets_over_all_operations_give_no_more_guesses_of_either_than_one(
            @ForAll List<@IntRange(max = 7200) Integer> pauses,
            @ForAll boolean known,
            @ForAll boolean knowsThePassword) {
        List<Operation> operations = List.of(Operation.TRADE, Operation.WITHDRAWAL, Operation.BANK_ACCOUNT_CHANGE);
        Instant start = now;
        int guesses = 0;
        for (int i = 0; i < pauses.size(); i++) {
            now = now.plusSeconds(pauses.get(i));
            Attempt attempt = Attempt.ofTradingPassword(
                            operations.get(i % operations.size()), known ? Optional.of("device-1") : Optional.empty())
                    .with("otp");
            if (now.isBefore(start.plus(POLICY.window()))
                    && lockout.reserve(stored.values(), attempt, now) instanceof Granted reservation) {
                store(reservation.counters());
                store(lockout.onlyWrong(stored.values(), attempt, knowsThePassword ? "otp" : Attempt.TRADING_PASSWORD));
                guesses++;
            }
        }
        assertThat(guesses).isLessThanOrEqualTo(POLICY.lockAfter());
    }

    @Test
    void absurd_limits_are_refused_by_name() {
        assertThatThrownBy(() -> new LockoutPolicy(
                        5, Duration.ofSeconds(30), Duration.ofHours(1), 1000, Duration.ofHours(24), 1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lock-after");
    }

    private static Attempt tradingAtHome(Operation operation) {
        return Attempt.ofTradingPassword(operation, Optional.of("device-1"));
    }

    private static Attempt bothAtHome(Operation operation) {
        return tradingAtHome(operation).with("otp");
    }

    /** One of two is wrong. */
    private void wrong(Attempt both, String which) {
        fail(both);
        store(lockout.onlyWrong(stored.values(), both, which));
    }

    private int failures(String subject, String scope) {
        return Optional.ofNullable(stored.get(new Counter.Key(subject, scope)))
                .map(Counter::failures)
                .orElse(0);
    }

    private static Attempt tradingElsewhere(Operation operation) {
        return Attempt.ofTradingPassword(operation, Optional.empty());
    }

    private void right(Attempt attempt) {
        fail(attempt);
        store(lockout.verified(stored.values(), attempt, now));
    }

    private static Attempt password(Optional<String> device) {
        return new Attempt("password", Operation.LOGIN, device, false);
    }

    private void failPatiently(Attempt attempt, int times) {
        for (int i = 0; i < times; i++) {
            while (refusalOf(attempt).filter(Refusal.THROTTLE::equals).isPresent()) {
                now = now.plusSeconds(30);
            }
            fail(attempt);
        }
    }

    private void fail(Attempt attempt) {
        Reservation reservation = lockout.reserve(stored.values(), attempt, now);
        assertThat(reservation).isInstanceOf(Granted.class);
        store(((Granted) reservation).counters());
    }

    private Optional<Refusal> refusalOf(Attempt attempt) {
        return lockout.refusal(stored.values(), attempt, now).map(Refused::why);
    }

    private void store(Collection<Counter> counters) {
        counters.forEach(counter -> stored.put(counter.key(), counter));
    }
}
