package jp.sekisho.eventlisteners.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class BackoffTest {

    @Property
    void neverLongerThanTheLongestAndNeverShorterThanHalfTheFirst(
            @ForAll @IntRange(max = 1_000_000) int failures, @ForAll @DoubleRange(max = 1) double random) {
        Duration wait = Backoff.OF_MESSAGES.after(failures, random);
        assertThat(wait).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(2));
    }

    @Property
    void doubles(@ForAll @IntRange(min = 1, max = 5) int failures) {
        assertThat(Backoff.OF_MESSAGES.after(failures + 1, 1))
                .isEqualTo(Backoff.OF_MESSAGES.after(failures, 1).multipliedBy(2));
    }
}
