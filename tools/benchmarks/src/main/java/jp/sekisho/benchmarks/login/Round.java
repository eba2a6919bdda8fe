package jp.sekisho.benchmarks.login;

import java.util.List;

/**
 * What some clients did in some time.
 *
 * @param nanos of each login
 * @param time of the round, in nanoseconds
 */
public record Round(List<Long> nanos, long time) {

    private static final double SECOND = 1e9;
    private static final double MILLI = 1e6;

    public Round {
        nanos = nanos.stream().sorted().toList();
    }

    /** Logins a second. */
    public double throughput() {
        return nanos.size() / (time / SECOND);
    }

    /** @param share from 0 to 1; the answer in milliseconds */
    public double percentile(double share) {
        int index = (int) Math.ceil(share * nanos.size()) - 1;
        return nanos.get(Math.max(0, index)) / MILLI;
    }
}
