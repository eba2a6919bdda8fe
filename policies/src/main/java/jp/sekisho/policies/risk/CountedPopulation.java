package jp.sekisho.policies.risk;

import java.util.HashMap;
import java.util.Map;
import jp.sekisho.policies.risk.Signal.Block;

/** A population that is being counted; not safe for threads while it is. {@link Population#of} gives a finished one. */
public final class CountedPopulation implements Population {

    private static final class Tally {
        double own;
        double children;
    }

    private final Map<String, Tally> place = new HashMap<>();
    private final Map<String, Tally> client = new HashMap<>();

    /** Counts so many customers more; what is not {@link Dimension#aggregated()} is left out. */
    public void add(Dimension dimension, String key, double customers) {
        if (dimension.aggregated()) {
            Map<String, Tally> tallies = tallies(dimension);
            tallies.computeIfAbsent(key, k -> new Tally()).own += customers;
            tallies.computeIfAbsent(Chain.parentOf(key), k -> new Tally()).children += customers;
        }
    }

    @Override
    public double share(Dimension level, String parent, String key) {
        if (!level.aggregated()) {
            return level.unseen();
        }
        Tally siblings = tallies(level).get(parent);
        Tally own = tallies(level).get(key);
        double counted = own == null ? 0 : own.own;
        double all = siblings == null ? 0 : Math.max(siblings.own, siblings.children);
        return (counted + UNSEEN_MASS * level.unseen()) / (all + UNSEEN_MASS);
    }

    private Map<String, Tally> tallies(Dimension dimension) {
        return dimension.block() == Block.PLACE ? place : client;
    }
}
