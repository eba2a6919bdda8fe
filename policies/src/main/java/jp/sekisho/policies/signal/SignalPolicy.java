package jp.sekisho.policies.signal;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.signal.SignalEvent.Rhythm;
import jp.sekisho.policies.signal.SignalEvent.Transition;

/**
 * What of a session no person does.
 *
 * @param paths for each operation the pages that a person passes on the way to it, in their order; none where the firm names none
 * @param hurried a page that was left sooner was not read
 * @param intervals fewer between keys say nothing
 * @param quickest a shorter median is no hand's
 * @param steadiest a smaller deviation is no hand's
 * @param scripted from so many fields on it is a script; one may be an autofill
 */
// FFAJ-3-B
public record SignalPolicy(
        Map<Operation, List<String>> paths,
        Duration hurried,
        int intervals,
        Duration quickest,
        Duration steadiest,
        int scripted) {

    private static final int MOST_PAGES = 16;

    public SignalPolicy {
        paths = paths.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, path -> List.copyOf(path.getValue())));
        paths.values().forEach(SignalPolicy::requirePath);
        within("signals.hurried", hurried, Duration.ofSeconds(10));
        within("signals.quickest", quickest, Duration.ofSeconds(1));
        within("signals.steadiest", steadiest, Duration.ofSeconds(1));
        within("signals.intervals", intervals, 3, 1000);
        within("signals.scripted", scripted, 1, 100);
    }

    private static void requirePath(List<String> path) {
        if (path.size() > MOST_PAGES || new HashSet<>(path).size() < path.size()) {
            throw new IllegalArgumentException(
                    "a path of signals.paths has at most " + MOST_PAGES + " pages, each once");
        }
        path.forEach(Transition::requirePage);
    }

    private static void within(String field, Duration value, Duration most) {
        if (value.isNegative() || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(field + " must be between 0 and " + most);
        }
    }

    private static void within(String field, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(field + " must be between " + least + " and " + most);
        }
    }

    public static SignalPolicy standard() {
        return new SignalPolicy(Map.of(), Duration.ofMillis(300), 8, Duration.ofMillis(15), Duration.ofMillis(4), 2);
    }

    boolean scripted(Rhythm rhythm) {
        return rhythm.intervals() >= intervals
                && (rhythm.median().compareTo(quickest) < 0
                        || rhythm.deviation().compareTo(steadiest) < 0);
    }

    boolean hurried(Transition transition) {
        return transition.from().filter(pages()::contains).isPresent()
                && transition.stay().compareTo(hurried) < 0;
    }

    /** Whether a page of a path was entered from elsewhere than its neighbours. */
    boolean skipping(Transition transition) {
        return paths.values().stream().anyMatch(path -> skipping(path, transition));
    }

    private static boolean skipping(List<String> path, Transition transition) {
        int to = path.indexOf(transition.to());
        if (to < 1) {
            return false;
        }
        int from = transition.from().map(path::indexOf).orElse(-1);
        return from < to - 1;
    }

    /** All that is asked of a session: what else it visits is not kept. */
    Set<String> pages() {
        return paths.values().stream().flatMap(List::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the firm's apps tell of the pages on the way to it. */
    public boolean expects(Operation operation) {
        return path(operation).findAny().isPresent();
    }

    Stream<String> path(Operation operation) {
        return paths.getOrDefault(operation, List.of()).stream();
    }
}
