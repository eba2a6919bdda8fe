package jp.sekisho.policies.access;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Networks of one length with the times in which they count, packed: sorted, so that a look-up halves. */
final class Spans {

    static final Spans NONE = new Spans(0);

    /** A network and when it counts. */
    record Entry(IpAddress network, Span span) {}

    private static final Comparator<IpAddress> ORDER = (one, other) -> {
        int highs = Long.compareUnsigned(one.high(), other.high());
        return highs != 0 ? highs : Long.compareUnsigned(one.low(), other.low());
    };

    private final long[] high;
    private final long[] low;
    private final long[] from;
    private final long[] until;
    private int size;

    private Spans(int most) {
        high = new long[most];
        low = new long[most];
        from = new long[most];
        until = new long[most];
    }

    private Spans(Spans trimmed) {
        size = trimmed.size;
        high = Arrays.copyOf(trimmed.high, size);
        low = Arrays.copyOf(trimmed.low, size);
        from = Arrays.copyOf(trimmed.from, size);
        until = Arrays.copyOf(trimmed.until, size);
    }

    /** The same without these networks, and with these entries: one walk through all, which copies. */
    Spans with(Collection<IpAddress> gone, Collection<Entry> come) {
        List<IpAddress> leaving = gone.stream().sorted(ORDER).toList();
        List<Entry> coming = come.stream()
                .sorted(Comparator.comparing(Entry::network, ORDER))
                .toList();
        Spans next = new Spans(size + coming.size());
        int left = 0;
        int came = 0;
        for (int i = 0; i < size; i++) {
            while (left < leaving.size() && compare(i, leaving.get(left)) > 0) {
                left++;
            }
            while (came < coming.size() && compare(i, coming.get(came).network()) > 0) {
                next.put(coming.get(came++));
            }
            if (left == leaving.size() || compare(i, leaving.get(left)) != 0) {
                next.put(high[i], low[i], from[i], until[i]);
            }
        }
        coming.subList(came, coming.size()).forEach(next::put);
        return next.size == next.high.length ? next : new Spans(next);
    }

    private void put(Entry entry) {
        put(
                entry.network().high(),
                entry.network().low(),
                entry.span().from(),
                entry.span().until());
    }

    private void put(long networkHigh, long networkLow, long begins, long ends) {
        high[size] = networkHigh;
        low[size] = networkLow;
        from[size] = begins;
        until[size++] = ends;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void addTo(Span.Union times) {
        for (int i = 0; i < size; i++) {
            times.add(from[i], until[i]);
        }
    }

    /** Whether the network is there and counts now. */
    boolean has(IpAddress network, long now) {
        int first = 0;
        int behind = size;
        while (first < behind) {
            int middle = (first + behind) >>> 1;
            if (compare(middle, network) < 0) {
                first = middle + 1;
            } else {
                behind = middle;
            }
        }
        for (int i = first; i < size && compare(i, network) == 0; i++) {
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
