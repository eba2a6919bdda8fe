package jp.sekisho.policies.signal;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that an app's page noticed, as the client says it: it may say that something is odd, never that all is well. Nothing
 * here tells what was typed.
 */
// FFAJ-3-B
public sealed interface SignalEvent {

    /**
     * A page followed another one. Each says both ends, so that it does not matter which batch comes first.
     *
     * @param from the page before; empty where the app was entered here
     * @param to the page that was entered
     * @param stay how long the page before was shown
     */
    record Transition(Optional<String> from, String to, Duration stay) implements SignalEvent {

        private static final Pattern PAGE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
        private static final Duration LONGEST = Duration.ofDays(1);

        public Transition {
            from.ifPresent(Transition::requirePage);
            requirePage(to);
            within("stay", stay, LONGEST);
        }

        static void requirePage(String page) {
            if (!PAGE.matcher(page).matches()) {
                throw new IllegalArgumentException("a page's name has small letters, digits and hyphens, at most 40");
            }
        }
    }

    /**
     * How one input field was filled, in sums: which keys they were is not asked.
     *
     * @param intervals how many intervals between keys there were
     * @param median of them
     * @param deviation the median of how far they are from it
     */
    record Rhythm(int intervals, Duration median, Duration deviation) implements SignalEvent {

        private static final int MOST = 10_000;
        private static final Duration LONGEST = Duration.ofHours(1);

        public Rhythm {
            if (intervals < 0 || intervals > MOST) {
                throw new IllegalArgumentException("intervals must be between 0 and " + MOST);
            }
            within("median", median, LONGEST);
            within("deviation", deviation, LONGEST);
        }
    }

    /** What the page found of the browser that shows it. */
    record Finding(Kind kind) implements SignalEvent {

        public enum Kind {
            /** The browser says that it is driven: {@code navigator.webdriver}. */
            WEBDRIVER,
            /** A browser without a screen. */
            HEADLESS,
            /** What tools of automation leave in a page. */
            AUTOMATION_TRACES,
            /** Input that no hand made: {@code Event.isTrusted} is false. */
            SYNTHETIC_INPUT,
            /** The page holds scripts or fields that the app did not put there. */
            FOREIGN_CONTENT
        }

        public Finding {
            Objects.requireNonNull(kind, "kind");
        }
    }

    private static void within(String name, Duration value, Duration longest) {
        if (value.isNegative() || value.compareTo(longest) > 0) {
            throw new IllegalArgumentException(name + " must be between 0 and " + longest);
        }
    }
}
