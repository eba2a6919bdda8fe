package jp.sekisho.checkpoint.hold;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldTest {

    /** The database's; the past or future of every node. */
    private static final Instant NOW = Instant.parse("2001-02-03T04:05:06.789Z");

    @Test
    void a_session_is_held_until_the_databases_clock_says_so_whatever_the_nodes_does() {
        Instant until = NOW.plus(Duration.ofHours(24));
        assertThat(Hold.until(Optional.of(until.toString()), () -> NOW)).contains(until);
        assertThat(Hold.until(Optional.of(until.toString()), () -> until.minusMillis(1)))
                .contains(until);
        assertThat(Hold.until(Optional.of(until.toString()), () -> until)).isEmpty();
    }

    @Test
    void where_nothing_was_ever_held_nobody_is_asked_the_time() {
        assertThat(Hold.until(Optional.empty(), HoldTest::unasked)).isEmpty();
        assertThat(Hold.until(Optional.of(Instant.EPOCH.toString()), HoldTest::unasked))
                .isEmpty();
    }

    private static Instant unasked() {
        throw new AssertionError("a statement for nothing");
    }
}
