package jp.sekisho.policies.risk;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * One row of what is known of a customer. All rows of a customer are read by one query on (realm, customer); a row's
 * identity is (customer, dimension, key). There are at most as many as the sum of {@link Dimension#limit()}.
 *
 * @param dimension stored by name
 * @param key at most {@value #MAX_KEY} characters; for the level of a chain the components from the root down
 * @param count the learned weight as it stood at {@code updatedAt}; decays from there
 * @param since when the value was first learned
 * @param updatedAt the time of the login (not of the learning) that last added to it
 */
public record Statistic(Dimension dimension, String key, double count, Instant since, Instant updatedAt) {

    public static final int MAX_KEY = 255;

    public Statistic {
        Objects.requireNonNull(dimension, "dimension");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(updatedAt, "updatedAt");
        if (key.length() > MAX_KEY) {
            throw new IllegalArgumentException("key is longer than " + MAX_KEY);
        }
        if (!(count >= 0 && count <= 1e12)) {
            throw new IllegalArgumentException("count must be between 0 and 1e12, was " + count);
        }
    }

    /** The count as it stands at {@code at}: halved in each half-life, never raised by a clock that went back. */
    double countAt(Instant at, Duration halfLife) {
        return count * decay(updatedAt, at, halfLife);
    }

    static double decay(Instant from, Instant to, Duration halfLife) {
        long seconds = to.getEpochSecond() - from.getEpochSecond();
        return seconds <= 0 ? 1 : Math.exp(-Math.log(2) * seconds / halfLife.getSeconds());
    }
}
