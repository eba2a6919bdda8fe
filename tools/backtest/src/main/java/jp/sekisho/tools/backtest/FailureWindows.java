package jp.sekisho.tools.backtest;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import jp.sekisho.policies.evidence.Failures;

/** What failed before: a customer's failures of 24 hours, a source's customers of 10 minutes. */
final class FailureWindows {

    private static final long CUSTOMER_MILLIS = 24 * 3_600_000L;
    private static final long SOURCE_MILLIS = 600_000L;

    private record Try(long time, int source, int user, boolean successful) {}

    private static final class Source {
        final Map<Integer, int[]> customers = new HashMap<>();
        int failing;

        void change(int user, boolean successful, int by) {
            int[] tries = customers.computeIfAbsent(user, u -> new int[2]);
            failing -= failing(tries);
            tries[successful ? 1 : 0] += by;
            failing += failing(tries);
            if (tries[0] == 0 && tries[1] == 0) {
                customers.remove(user);
            }
        }

        private static int failing(int[] tries) {
            return tries[0] > 0 && tries[1] == 0 ? 1 : 0;
        }
    }

    private final Map<Integer, long[]> customers = new HashMap<>();
    private final Map<Integer, Source> sources = new HashMap<>();
    private final Deque<Try> tries = new ArrayDeque<>();

    Failures before(long time, int user, int source) {
        while (!tries.isEmpty() && tries.peekFirst().time() <= time - SOURCE_MILLIS) {
            Try old = tries.pollFirst();
            Source from = sources.get(old.source());
            from.change(old.user(), old.successful(), -1);
            if (from.customers.isEmpty()) {
                sources.remove(old.source());
            }
        }
        int failed = 0;
        long[] times = customers.get(user);
        if (times != null) {
            for (long at : times) {
                failed += at > time - CUSTOMER_MILLIS ? 1 : 0;
            }
        }
        Source from = sources.get(source);
        return from == null ? new Failures(failed, 0, 0) : new Failures(failed, from.customers.size(), from.failing);
    }

    void add(long time, int user, int source, boolean successful) {
        sources.computeIfAbsent(source, s -> new Source()).change(user, successful, 1);
        tries.addLast(new Try(time, source, user, successful));
        if (!successful) {
            customers.merge(user, new long[] {time}, (old, added) -> recent(old, time));
        }
    }

    private static long[] recent(long[] old, long time) {
        int first = 0;
        while (first < old.length && old[first] <= time - CUSTOMER_MILLIS) {
            first++;
        }
        // More than a hundred weigh no more than a hundred.
        first = Math.max(first, old.length - 99);
        long[] times = Arrays.copyOfRange(old, first, old.length + 1);
        times[times.length - 1] = time;
        return times;
    }
}
