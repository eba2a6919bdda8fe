package jp.sekisho.policies.risk;

import java.util.HashMap;
import java.util.Map;

/**
 * How common a value is among the realm's customers, each counted once in 30 days for each value
 * (see {@link Learning}).
 */
@FunctionalInterface
public interface Population {

    /** Customers' worth of mass kept for values that no customer was seen with. */
    double UNSEEN_MASS = 20;

    /** A realm that has learned nothing yet. */
    Population EMPTY = (level, parent, key) -> level.unseen();

    /**
     * g(x_l | x_&lt;l): the share of this value among those under its parent, in (0, 1].
     *
     * @param level a level of a chain
     * @param parent the parent's key, empty for the first level
     * @param key the value's key, parents included
     */
    double share(Dimension level, String parent, String key);

    /**
     * The share that follows from counts, with mass kept for the unseen.
     *
     * @param count customers with this value
     * @param siblings customers with any value under the same parent, at least {@code count}
     */
    static double share(Dimension level, double count, double siblings) {
        return (count + UNSEEN_MASS * level.unseen()) / (siblings + UNSEEN_MASS);
    }

    /**
     * A row of the realm's aggregates. Only {@link Dimension#aggregated()} dimensions are used; rare prefixes may be
     * left out, their parent's count keeps their mass.
     */
    record Count(Dimension dimension, String key, double customers) {
        public Count {
            if (!(customers >= 0 && customers <= 1e12)) {
                throw new IllegalArgumentException("customers must be between 0 and 1e12, was " + customers);
            }
        }
    }

    /** An immutable snapshot in memory. */
    static Population of(Iterable<Count> rows) {
        class Tally {
            double own;
            double children;
        }
        Map<String, Tally> place = new HashMap<>();
        Map<String, Tally> client = new HashMap<>();
        for (Count row : rows) {
            if (row.dimension().aggregated()) {
                Map<String, Tally> tallies = row.dimension().block() == Signal.Block.PLACE ? place : client;
                tallies.computeIfAbsent(row.key(), k -> new Tally()).own += row.customers();
                tallies.computeIfAbsent(Chain.parentOf(row.key()), k -> new Tally()).children += row.customers();
            }
        }
        return (level, parent, key) -> {
            if (!level.aggregated()) {
                return level.unseen();
            }
            Map<String, Tally> tallies = level.block() == Signal.Block.PLACE ? place : client;
            Tally siblings = tallies.get(parent);
            Tally own = tallies.get(key);
            return share(
                    level, own == null ? 0 : own.own, siblings == null ? 0 : Math.max(siblings.own, siblings.children));
        };
    }
}
