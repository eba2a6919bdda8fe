package jp.sekisho.policies.signal;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.signal.SignalEvent.Finding;
import jp.sekisho.policies.signal.SignalEvent.Rhythm;
import jp.sekisho.policies.signal.SignalEvent.Transition;

/**
 * All that is kept of a session's signals: as large after a million events as after ten. What was found stays found, whatever
 * comes later and in which order.
 *
 * @param visited pages of the policy's paths
 * @param events how many there were
 * @param skipped pages of a path that were entered from elsewhere
 * @param hurried pages of a path that nobody read
 * @param scripted fields that no hand filled
 * @param findings what was found of the browser
 * @param dropped how many events were left out
 */
// FFAJ-3-B
public record SessionSignals(
        Set<String> visited,
        int events,
        int skipped,
        int hurried,
        int scripted,
        Set<Finding.Kind> findings,
        int dropped) {

    public static final SessionSignals NONE = new SessionSignals(Set.of(), 0, 0, 0, 0, Set.of(), 0);

    private static final int MOST = 1_000_000;

    public SessionSignals {
        visited = Set.copyOf(visited);
        findings = Set.copyOf(findings);
    }

    /** The session after one more batch. */
    public SessionSignals and(SignalBatch batch, SignalPolicy policy) {
        Fold fold = new Fold(this, policy);
        batch.events().forEach(fold::add);
        return fold.end(batch.dropped());
    }

    /** What several nodes, or a node one time after the other, heard of a session. */
    public SessionSignals and(SessionSignals other) {
        return new SessionSignals(
                union(visited, other.visited),
                sum(events, other.events),
                sum(skipped, other.skipped),
                sum(hurried, other.hurried),
                sum(scripted, other.scripted),
                union(findings, other.findings),
                sum(dropped, other.dropped));
    }

    private static <T> Set<T> union(Set<T> one, Set<T> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the operation was reached without what a person passes on the way to it. */
    public boolean skips(Operation operation, SignalPolicy policy) {
        return skipped > 0 || hurried > 0 || !policy.path(operation).allMatch(visited::contains);
    }

    public boolean scripted(SignalPolicy policy) {
        return scripted >= policy.scripted();
    }

    private static int sum(int before, int more) {
        return (int) Math.min(MOST, (long) before + more);
    }

    private static final class Fold {
        private final SessionSignals before;
        private final SignalPolicy policy;
        private final Set<String> pages;
        private final Set<String> visited;
        private final Set<Finding.Kind> findings = EnumSet.noneOf(Finding.Kind.class);
        private int events;
        private int skipped;
        private int hurried;
        private int scripted;

        Fold(SessionSignals before, SignalPolicy policy) {
            this.before = before;
            this.policy = policy;
            this.pages = policy.pages();
            this.visited = new HashSet<>(before.visited);
            this.visited.retainAll(pages);
            this.findings.addAll(before.findings);
        }

        void add(SignalEvent event) {
            events++;
            if (event instanceof Transition transition) {
                transition.from().ifPresent(this::visit);
                visit(transition.to());
                skipped += policy.skipping(transition) ? 1 : 0;
                hurried += policy.hurried(transition) ? 1 : 0;
            } else if (event instanceof Rhythm rhythm) {
                scripted += policy.scripted(rhythm) ? 1 : 0;
            } else if (event instanceof Finding finding) {
                findings.add(finding.kind());
            }
        }

        private void visit(String page) {
            if (pages.contains(page)) {
                visited.add(page);
            }
        }

        SessionSignals end(int dropped) {
            return new SessionSignals(
                    visited,
                    sum(before.events, events),
                    sum(before.skipped, skipped),
                    sum(before.hurried, hurried),
                    sum(before.scripted, scripted),
                    findings,
                    sum(before.dropped, dropped));
        }
    }
}
