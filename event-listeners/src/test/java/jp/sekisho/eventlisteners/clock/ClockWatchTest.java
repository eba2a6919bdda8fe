package jp.sekisho.eventlisteners.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockWatchTest {

    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"PT0S, false", "PT5S, false", "PT5.001S, true", "PT-5S, false", "PT-6S, true", "PT2H, true"})
    void aNodeThatIsMoreThanFiveSecondsOffIsAnAlarm(Duration ahead, boolean alarm) {
        ClockWatch watch = new ClockWatch(() -> NOW, Clock.fixed(NOW.plus(ahead), ZoneOffset.UTC));
        watch.run();
        assertThat(watch.skew()).isEqualTo(ahead);
        assertThat(watch.alarmed()).isEqualTo(alarm);
    }
}
