package jp.sekisho.policies.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When a rule counts, in milliseconds.
 *
 * @param until {@link #LASTING} for a rule without an end
 */
record Span(long from, long until) {

    static final long LASTING = Long.MAX_VALUE;

    static Span of(AccessRule rule) {
        return new Span(
                rule.from().toEpochMilli(),
                rule.until().map(Instant::toEpochMilli).orElse(LASTING));
    }

    boolean has(long now) {
        return now >= from && now < until;
    }

    static boolean anyHas(List<Span> spans, long now) {
        return spans.stream().anyMatch(span -> span.has(now));
    }

    /** Times of many rules, united: few spans, whatever the number of rules. */
    static final class Union {

        private long lasting = LASTING;
        private final List<Span> ending = new ArrayList<>();

        void add(long from, long until) {
            if (until == LASTING) {
                lasting = Math.min(lasting, from);
            } else if (from < lasting) {
                ending.add(new Span(from, until));
            }
        }

        List<Span> spans() {
            if (lasting < LASTING) {
                ending.add(new Span(lasting, LASTING));
            }
            ending.sort(Comparator.comparingLong(Span::from));
            List<Span> united = new ArrayList<>();
            for (Span span : ending) {
                Span last = united.isEmpty() ? span : united.remove(united.size() - 1);
                if (span.from() > last.until()) {
                    united.add(last);
                    united.add(span);
                } else {
                    united.add(new Span(last.from(), Math.max(last.until(), span.until())));
                }
            }
            return List.copyOf(united);
        }
    }
}
