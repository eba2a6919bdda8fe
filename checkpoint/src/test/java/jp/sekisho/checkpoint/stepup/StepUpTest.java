package jp.sekisho.checkpoint.stepup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.factor.FactorClass;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class StepUpTest {

    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    @Property
    void onlyMoreThanAPasswordWithinFiveMinutesIsFresh(
            @ForAll @IntRange(max = 4) int loa, @ForAll @LongRange(min = -400, max = 400) long secondsAgo) {
        Optional<Instant> until =
                StepUp.USUAL.freshUntil(Optional.of(loa + " " + NOW.minus(Duration.ofSeconds(secondsAgo))), NOW);

        assertThat(until.isPresent()).isEqualTo(loa >= 2 && secondsAgo >= 0 && secondsAgo < 300);
        until.ifPresent(end -> assertThat(end).isEqualTo(NOW.plusSeconds(300 - secondsAgo)));
    }

    @Property
    void whereThePolicyWantsAPasskeyNothingLessIsFresh(
            @ForAll @IntRange(max = 4) int loa, @ForAll @LongRange(min = -700, max = 700) long secondsAgo) {
        StepUp strong = new StepUp(FactorClass.PHISHING_RESISTANT, Duration.ofMinutes(10));

        assertThat(strong.freshUntil(Optional.of(loa + " " + NOW.minus(Duration.ofSeconds(secondsAgo))), NOW)
                        .isPresent())
                .isEqualTo(loa >= 3 && secondsAgo >= 0 && secondsAgo < 600);
        assertThat(strong.acr()).isEqualTo("urn:sekisho:acr:phishing-resistant");
    }

    @Test
    void aSessionThatNeverCameByTheCheckpointIsNotFresh() {
        assertThat(StepUp.USUAL.freshUntil(Optional.empty(), NOW)).isEmpty();
    }
}
