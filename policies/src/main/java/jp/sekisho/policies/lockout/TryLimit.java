package jp.sekisho.policies.lockout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How fast codes may be tried that anybody may type: many people share an address, so that the first ones are free, and waits are
 * short, grow and end by themselves. A try is counted as wrong before it is looked at.
 *
 * @param free tries in the window without a wait; the last of them brings the first wait
 * @param window over which they are counted
 * @param longestWait where the waits end to grow; zero: there is none
 */
// FFAJ-1.1-S2, JP25-9
public record TryLimit(int free, Duration window, Duration longestWait) {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 20;

    /**
     * One more.
     *
     * @param known the counter, where there is one
     * @param now the database's clock
     * @return its successor, to be stored before the code is looked at; empty where it must wait, and then nothing is counted
     */
    public Optional<Counter> tried(Counter.Key key, Optional<Counter> known, Instant now) {
        Counter before = known.orElseGet(() -> Counter.empty(key, now));
        if (before.throttled(now)) {
            return Optional.empty();
        }
        boolean expired = !now.isBefore(before.windowStart().plus(window));
        int tried = expired ? 1 : before.failures() + 1;
        Duration wait = waitAfter(tried);
        return Optional.of(new Counter(
                key,
                tried,
                expired ? now : before.windowStart(),
                0,
                wait.isZero() ? Optional.empty() : Optional.of(now.plus(wait)),
                Optional.empty(),
                before.version()));
    }

    /** A try was right: it is not counted, and whoever comes next need not wait for it. */
    public static Counter right(Counter known) {
        return new Counter(
                known.key(),
                Math.max(0, known.failures() - 1),
                known.windowStart(),
                0,
                Optional.empty(),
                Optional.empty(),
                known.version());
    }

    Duration waitAfter(int tried) {
        if (tried < free) {
            return Duration.ZERO;
        }
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(tried - free, MOST_DOUBLINGS));
        return wait.compareTo(longestWait) < 0 ? wait : longestWait;
    }
}
