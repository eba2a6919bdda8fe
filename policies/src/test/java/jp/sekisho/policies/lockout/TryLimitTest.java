package jp.sekisho.policies.lockout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TryLimitTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Counter.Key KEY = new Counter.Key("stop-code", Counter.Key.UNKNOWN_DEVICES);
    private static final TryLimit LIMIT = new TryLimit(3, Duration.ofHours(1), Duration.ofSeconds(30));

    @Test
    void theFirstAreFreeThenWaitsGrowUpToTheLongest() {
        assertThat(IntStream.rangeClosed(1, 10)
                        .mapToObj(LIMIT::waitAfter)
                        .map(Duration::toSeconds)
                        .toList())
                .isEqualTo(List.of(0L, 0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L));
        assertThat(LIMIT.waitAfter(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whoMustWaitIsNotCountedAndMayTryWhenTheWaitIsOver() {
        Counter third = tried(tried(tried(Optional.empty(), NOW), NOW), NOW).orElseThrow();
        assertThat(LIMIT.tried(KEY, Optional.of(third), NOW.plusMillis(999))).isEmpty();
        Counter fourth =
                LIMIT.tried(KEY, Optional.of(third), NOW.plusSeconds(1)).orElseThrow();
        assertThat(fourth.failures()).isEqualTo(4);
        assertThat(fourth.blockedUntil()).contains(NOW.plusSeconds(3));
        assertThat(fourth.version()).as("stored over the one it was made from").isEqualTo(third.version());
    }

    @Test
    void aRightOneIsNotCountedAndLeavesNoWait() {
        Counter third = tried(tried(tried(Optional.empty(), NOW), NOW), NOW).orElseThrow();
        Counter after = TryLimit.right(third);
        assertThat(after.failures()).isEqualTo(2);
        assertThat(after.blockedUntil()).isEmpty();
        Counter empty = TryLimit.right(Counter.empty(KEY, NOW));
        assertThat(empty.failures()).as("never below none").isZero();
    }

    @Test
    void withTheWindowItBeginsAnew() {
        Optional<Counter> tenth = Optional.empty();
        Instant now = NOW;
        for (int i = 0; i < 10; i++) {
            tenth = tried(tenth, now);
            now = tenth.orElseThrow().blockedUntil().orElse(now);
        }
        Instant later = NOW.plus(Duration.ofHours(1));
        Counter first = LIMIT.tried(KEY, tenth, later).orElseThrow();
        assertThat(first.failures()).isOne();
        assertThat(first.blockedUntil()).isEmpty();
        assertThat(first.windowStart()).isEqualTo(later);
    }

    @Test
    void withoutAWaitItOnlyCounts() {
        TryLimit counts = new TryLimit(3, Duration.ofHours(1), Duration.ZERO);
        Optional<Counter> known = Optional.empty();
        for (int i = 1; i <= 50; i++) {
            known = counts.tried(KEY, known, NOW);
            assertThat(known.orElseThrow().failures()).isEqualTo(i);
        }
    }

    /** However anybody times his tries, an hour has room for the free ones and one in each longest wait, and a few while waits grow. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void nobodyTriesMoreThanTheWaitsLeaveRoomFor(long seed) {
        Random random = new Random(seed);
        Optional<Counter> known = Optional.empty();
        int looked = 0;
        for (Instant now = NOW;
                now.isBefore(NOW.plus(Duration.ofHours(1)));
                now = now.plusMillis(random.nextInt(1, 2000))) {
            Optional<Counter> next = LIMIT.tried(KEY, known, now);
            if (next.isPresent()) {
                looked++;
                known = next;
                assertThat(next.get().blockedUntil().orElse(now)).isBeforeOrEqualTo(now.plusSeconds(30));
            }
        }
        assertThat(looked).isBetween(3, 3 + 5 + 120);
    }

    private static Optional<Counter> tried(Optional<Counter> known, Instant now) {
        return LIMIT.tried(KEY, known, now);
    }
}
