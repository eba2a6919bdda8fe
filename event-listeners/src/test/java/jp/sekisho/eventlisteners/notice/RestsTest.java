package jp.sekisho.eventlisteners.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RestsTest {

    private static final class SetClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private final SetClock clock = new SetClock();
    private final Rests rests = new Rests(clock, () -> 1);

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            rests.failed("dead");
        }
    }

    @Test
    void aRealmRestsAfterTheThirdFailureAndAloneAndForLonger() {
        fail(2);
        assertThat(rests.resting()).isEmpty();
        fail(1);
        assertThat(rests.resting()).containsExactly("dead");
        clock.advance(Duration.ofSeconds(2));
        assertThat(rests.resting()).isEmpty();
        fail(1);
        clock.advance(Duration.ofSeconds(3));
        assertThat(rests.resting()).containsExactly("dead");
        clock.advance(Duration.ofSeconds(1));
        assertThat(rests.resting()).isEmpty();
    }

    @Test
    void thoseThatFailWhileItRestsDoNotProlongIt() {
        fail(10);
        clock.advance(Duration.ofSeconds(2));
        assertThat(rests.resting()).isEmpty();
    }

    @Test
    void oneSuccessEndsIt() {
        fail(3);
        rests.succeeded("dead");
        assertThat(rests.resting()).isEmpty();
        fail(2);
        assertThat(rests.resting()).isEmpty();
    }
}
