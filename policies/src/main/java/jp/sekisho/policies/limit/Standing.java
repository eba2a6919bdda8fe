package jp.sekisho.policies.limit;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How a customer's limits stand. What tightens is in force at once; what loosens waits, and can be taken back until then: whoever
 * took over his session may annoy him, and opens nothing before he reads of it.
 *
 * @param set in force unless the time of the pending ones has come
 * @param pending what is looser, and when it begins
 */
// FFAJ-1.4-S2
public record Standing(Limits set, Optional<Pending> pending) {

    public static final Standing NONE = new Standing(Limits.NONE, Optional.empty());

    /** @param from the database's clock */
    public record Pending(Limits limits, Instant from) {}

    public Limits at(Instant now) {
        return pending.filter(looser -> !now.isBefore(looser.from()))
                .map(Pending::limits)
                .orElse(set);
    }

    /** Whether somebody must show himself again who wants these: they open what is neither open nor about to be. */
    public boolean loosens(Limits wanted, Instant now) {
        return !wanted.asStrictAs(at(now)) && !waiting(wanted, now).isPresent();
    }

    /** @param wait for what loosens; it does not begin anew where nothing looser than before is wanted */
    public Standing after(Limits wanted, Instant now, Duration wait) {
        Limits tight = at(now).strictest(wanted);
        return tight.equals(wanted)
                ? new Standing(wanted, Optional.empty())
                : new Standing(
                        tight,
                        Optional.of(new Pending(wanted, waiting(wanted, now).orElseGet(() -> now.plus(wait)))));
    }

    private Optional<Instant> waiting(Limits wanted, Instant now) {
        return pending.filter(looser -> now.isBefore(looser.from()))
                .filter(looser -> wanted.asStrictAs(looser.limits()))
                .map(Pending::from);
    }
}
