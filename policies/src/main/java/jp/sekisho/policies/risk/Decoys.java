package jp.sekisho.policies.risk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The histories of customers who do not exist. A name that nobody has is judged on the one that its keyed hash draws from
 * the realm's own customers: where they live, what they use, and that some of them are new. So neither level of risk
 * tells whether a name exists, and the same name is always judged alike.
 */
public final class Decoys {

    private static final double LOGINS = 30;

    /** Of so many names one has no history yet. */
    private static final int NEWCOMERS = 5;

    private final Draw places;
    private final Draw clients;

    private Decoys(Draw places, Draw clients) {
        this.places = places;
        this.clients = clients;
    }

    public static Decoys of(Collection<Population.Count> population) {
        return new Decoys(
                Draw.of(population, Dimension.PREFIX, Chain.levels(Signal.Block.PLACE)),
                Draw.of(population, Dimension.BROWSER_VERSION, Chain.levels(Signal.Block.CLIENT)));
    }

    /**
     * @param name keyed hash, at least 48 hex characters
     * @return empty for a newcomer, and in a realm that has learned nothing yet
     */
    public List<Statistic> history(String name, Instant at) {
        long lot = Long.parseUnsignedLong(name.substring(0, 16), 16);
        if (Long.remainderUnsigned(lot, NEWCOMERS) == 0) {
            return List.of();
        }
        List<Statistic> rows = new ArrayList<>();
        places.draw(name.substring(16, 32)).ifPresent(key -> places.add(rows, key, at));
        clients.draw(name.substring(32, 48)).ifPresent(key -> clients.add(rows, key, at));
        if (!rows.isEmpty()) {
            rows.add(new Statistic(Dimension.LOGINS, "", LOGINS, at, at));
            rows.add(new Statistic(Dimension.LOGINS_TOTAL, "", LOGINS, at, at));
        }
        return List.copyOf(rows);
    }

    /**
     * Draws a value as often as customers have it.
     *
     * @param keys of the deepest level
     * @param upTo customers with this key or one before it
     */
    private record Draw(Dimension[] levels, int depth, String[] keys, double[] upTo) {

        static Draw of(Collection<Population.Count> population, Dimension deepest, Dimension[] levels) {
            List<Population.Count> counts = population.stream()
                    .filter(count -> count.dimension() == deepest && count.customers() > 0)
                    .toList();
            String[] keys = new String[counts.size()];
            double[] upTo = new double[counts.size()];
            double sum = 0;
            for (int i = 0; i < keys.length; i++) {
                sum += counts.get(i).customers();
                keys[i] = counts.get(i).key();
                upTo[i] = sum;
            }
            return new Draw(levels, deepest.depth(), keys, upTo);
        }

        Optional<String> draw(String hex) {
            if (keys.length == 0) {
                return Optional.empty();
            }
            double lot = (Long.parseUnsignedLong(hex, 16) >>> 11) * 0x1.0p-53;
            int found = Arrays.binarySearch(upTo, lot * upTo[upTo.length - 1]);
            int index = found >= 0 ? found + 1 : -found - 1;
            return Optional.of(keys[Math.min(index, keys.length - 1)]);
        }

        void add(List<Statistic> rows, String deepestKey, Instant at) {
            String key = deepestKey;
            for (int level = depth; level >= 1; level--) {
                rows.add(new Statistic(levels[level - 1], key, LOGINS, at, at));
                key = Chain.parentOf(key);
            }
        }
    }
}
