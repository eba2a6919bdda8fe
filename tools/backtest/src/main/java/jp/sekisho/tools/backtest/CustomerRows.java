package jp.sekisho.tools.backtest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.risk.Dimension;
import jp.sekisho.policies.risk.LastLogin;
import jp.sekisho.policies.risk.Learning;
import jp.sekisho.policies.risk.Statistic;

/** One customer's statistics in three arrays, some twenty bytes a row. */
final class CustomerRows {

    private static final int[] NO_KEYS = {};
    private static final double[] NO_COUNTS = {};
    private static final long[] NO_TIMES = {};

    private final Dictionary<Learning.Value> values;
    private final long firstSeen;
    private int[] keys = NO_KEYS;
    private double[] counts = NO_COUNTS;
    // Seconds since 1970: updated in the upper half, since in the lower.
    private long[] times = NO_TIMES;
    private int size;
    private long lastLogin;

    /**
     * @param values of all customers
     * @param firstSeen milliseconds since 1970
     */
    CustomerRows(Dictionary<Learning.Value> values, long firstSeen) {
        this.values = values;
        this.firstSeen = firstSeen;
    }

    Instant firstSeen() {
        return Instant.ofEpochMilli(firstSeen);
    }

    void loggedIn(long time) {
        lastLogin = time;
    }

    List<Statistic> rows() {
        List<Statistic> rows = new ArrayList<>(size + 1);
        for (int i = 0; i < size; i++) {
            Learning.Value value = values.value(keys[i]);
            rows.add(new Statistic(
                    value.dimension(),
                    value.key(),
                    counts[i],
                    Instant.ofEpochSecond(times[i] & 0xFFFF_FFFFL),
                    Instant.ofEpochSecond(times[i] >>> 32)));
        }
        if (lastLogin != 0) {
            rows.add(
                    new LastLogin(Instant.ofEpochMilli(lastLogin), Optional.empty(), Optional.empty(), Optional.empty())
                            .toStatistic());
        }
        return rows;
    }

    void apply(Learning.Changes changes) {
        for (Statistic row : changes.removed()) {
            remove(key(row));
        }
        for (Statistic row : changes.written()) {
            if (row.dimension() != Dimension.LAST_LOGIN) {
                write(key(row), row);
            }
        }
    }

    private int key(Statistic row) {
        return values.id(new Learning.Value(row.dimension(), row.key()));
    }

    private void write(int key, Statistic row) {
        int index = index(key);
        if (index < 0) {
            if (size == keys.length) {
                int capacity = size + Math.max(8, size / 4);
                keys = Arrays.copyOf(keys, capacity);
                counts = Arrays.copyOf(counts, capacity);
                times = Arrays.copyOf(times, capacity);
            }
            index = size++;
            keys[index] = key;
        }
        counts[index] = row.count();
        times[index] = row.updatedAt().getEpochSecond() << 32 | row.since().getEpochSecond() & 0xFFFF_FFFFL;
    }

    private void remove(int key) {
        int index = index(key);
        if (index >= 0) {
            size--;
            keys[index] = keys[size];
            counts[index] = counts[size];
            times[index] = times[size];
        }
    }

    private int index(int key) {
        for (int i = 0; i < size; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }
}
