package jp.sekisho.benchmarks.login;

import java.util.List;

/**
 * What some clients did in some time.
 *
 * @param nanos of each login
 * @param time of the round, in nanoseconds
 * @param spent for these logins, and for what they left to workers
 */
public record Round(List<Long> nanos, long time, ProcessorTime spent) {

    private static final double SECOND = 1e9;
    private static final double MILLI = 1e6;

    public Round {
        nanos = nanos.stream().sorted().toList();
    }

    /** Logins a second. */
    public double throughput() {
        return nanos.size() / (time / SECOND);
    }

    Round spending(ProcessorTime time) {
        return new Round(nanos, this.time, time);
    }

    /** Milliseconds of Keycloak's processor time for one login. */
    public double server() {
        return spent.server() / MILLI / nanos.size();
    }

    /** The share of the compiler in Keycloak's processor time. */
    public double compiling() {
        return (double) spent.compiler() / spent.server();
    }

    /** Milliseconds of PostgreSQL's processor time for one login. */
    public double database() {
        return spent.database() / MILLI / nanos.size();
    }

    /** @param share from 0 to 1; the answer in milliseconds */
    public double percentile(double share) {
        int index = (int) Math.ceil(share * nanos.size()) - 1;
        return nanos.get(Math.max(0, index)) / MILLI;
    }
}
