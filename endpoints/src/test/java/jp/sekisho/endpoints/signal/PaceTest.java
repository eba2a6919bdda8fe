package jp.sekisho.endpoints.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

    private long now = 1;
    private final Pace pace = new Pace(() -> now);

    @Test
    void anAppWaitsForTheNextMinuteAndNoOtherWaitsForIt() {
        assertThat(pace.request("app", 2)).isEmpty();
        now += TimeUnit.SECONDS.toNanos(20);
        assertThat(pace.request("app", 2)).isEmpty();
        assertThat(pace.request("app", 2)).contains(Duration.ofSeconds(40));
        assertThat(pace.request("app", 2)).contains(Duration.ofSeconds(40));
        assertThat(pace.request("another", 2)).isEmpty();
        now += TimeUnit.SECONDS.toNanos(40);
        assertThat(pace.request("app", 2)).isEmpty();
    }

    @Test
    void whoMayMoreFromNowOnMayAtOnce() {
        pace.request("app", 1);
        assertThat(pace.request("app", 1)).isPresent();
        assertThat(pace.request("app", 5)).isEmpty();
    }
}
