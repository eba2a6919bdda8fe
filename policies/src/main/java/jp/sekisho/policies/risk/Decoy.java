package jp.sekisho.policies.risk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The history of somebody who does not exist and lives like most customers do. A name that nobody has is judged on it,
 * so that the level of risk tells nobody which names exist.
 */
public final class Decoy {

    private static final double LOGINS = 30;

    private Decoy() {}

    /** Empty for a realm that has learned nothing yet: then nobody has a history. */
    public static List<Statistic> of(Collection<Population.Count> population, Instant at) {
        List<Statistic> rows = new ArrayList<>();
        add(rows, population, Dimension.PREFIX, Chain.levels(Signal.Block.PLACE), at);
        add(rows, population, Dimension.BROWSER_VERSION, Chain.levels(Signal.Block.CLIENT), at);
        if (!rows.isEmpty()) {
            rows.add(new Statistic(Dimension.LOGINS, "", LOGINS, at, at));
            rows.add(new Statistic(Dimension.LOGINS_TOTAL, "", LOGINS, at, at));
        }
        return List.copyOf(rows);
    }

    private static void add(
            List<Statistic> rows,
            Collection<Population.Count> population,
            Dimension deepest,
            Dimension[] levels,
            Instant at) {
        Optional<Population.Count> commonest = population.stream()
                .filter(count -> count.dimension() == deepest)
                .max(Comparator.comparingDouble(Population.Count::customers).thenComparing(Population.Count::key));
        if (commonest.isEmpty()) {
            return;
        }
        String key = commonest.get().key();
        for (int level = deepest.depth(); level >= 1; level--) {
            rows.add(new Statistic(levels[level - 1], key, LOGINS, at, at));
            key = Chain.parentOf(key);
        }
    }
}
