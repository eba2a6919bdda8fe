package jp.sekisho.policies.risk;

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
     * A row of the realm's aggregates. Rare prefixes may be left out: their parent's count keeps their mass.
     *
     * @param dimension an {@link Dimension#aggregated()} one
     * @param key parents included
     * @param customers counted once in 30 days each
     */
    record Count(Dimension dimension, String key, double customers) {
        public Count {
            if (!(customers >= 0 && customers <= 1e12)) {
                throw new IllegalArgumentException("customers must be between 0 and 1e12, was " + customers);
            }
        }
    }

    /** A snapshot in memory, which nothing changes any more. */
    static Population of(Iterable<Count> rows) {
        CountedPopulation population = new CountedPopulation();
        for (Count row : rows) {
            population.add(row.dimension(), row.key(), row.customers());
        }
        return population::share;
    }
}
