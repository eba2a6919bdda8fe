package jp.sekisho.policies.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Networks of one length with the times in which they count, packed: sorted, so that a look-up halves. */
final class Spans {

    private record Entry(IpAddress network, long from, long until) {}

    /** Collects what is packed in the end. */
    static final class Builder {

        private static final Comparator<Entry> ORDER = Comparator.<Entry, Long>comparing(
                        entry -> entry.network().high(), Long::compareUnsigned)
                .thenComparing(entry -> entry.network().low(), Long::compareUnsigned);

        private final List<Entry> entries = new ArrayList<>();

        void add(IpAddress network, AccessRule rule) {
            entries.add(new Entry(network, from(rule), until(rule)));
        }

        Spans build() {
            entries.sort(ORDER);
            Spans spans = new Spans(entries.size());
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                spans.high[i] = entry.network().high();
                spans.low[i] = entry.network().low();
                spans.from[i] = entry.from();
                spans.until[i] = entry.until();
            }
            return spans;
        }
    }

    private final long[] high;
    private final long[] low;
    private final long[] from;
    private final long[] until;

    private Spans(int size) {
        high = new long[size];
        low = new long[size];
        from = new long[size];
        until = new long[size];
    }

    static long from(AccessRule rule) {
        return rule.from().toEpochMilli();
    }

    static long until(AccessRule rule) {
        return rule.until().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE);
    }

    /** Whether the network is there and counts now. */
    boolean has(IpAddress network, long now) {
        int first = 0;
        int behind = high.length;
        while (first < behind) {
            int middle = (first + behind) >>> 1;
            if (compare(middle, network) < 0) {
                first = middle + 1;
            } else {
                behind = middle;
            }
        }
        for (int i = first; i < high.length && compare(i, network) == 0; i++) {
            if (now >= from[i] && now < until[i]) {
                return true;
            }
        }
        return false;
    }

    private int compare(int i, IpAddress network) {
        int highs = Long.compareUnsigned(high[i], network.high());
        return highs != 0 ? highs : Long.compareUnsigned(low[i], network.low());
    }
}
