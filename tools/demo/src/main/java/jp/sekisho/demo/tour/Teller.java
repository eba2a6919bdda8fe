package jp.sekisho.demo.tour;

import java.io.PrintStream;
import java.util.HashSet;
import java.util.Set;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.tour.Decisions.Decision;

/** Tells the story as it happens, and demands the decision of each step. */
final class Teller {

    private final PrintStream out;
    private final Decisions decisions;
    private final Set<String> seen = new HashSet<>();

    Teller(PrintStream out, Decisions decisions) {
        this.out = out;
        this.decisions = decisions;
    }

    void tell(String text) {
        text.strip().lines().forEach(line -> out.println("     " + line));
    }

    /** Tells what was decided last on a customer, which must be new, of this kind and for these reasons. */
    Decision decided(Customer customer, String event, Set<String> levels, String... reasons) {
        Decision decision =
                decisions.newest(customer.username()).orElseThrow(() -> new IllegalStateException("no event"));
        tell(decision.told());
        Told.that(decision.event().equals(event), "the event is " + event, decision);
        Told.that(!decision.id().isEmpty() && seen.add(decision.id()), "this step has a decision", decision);
        Told.that(levels.contains(decision.level()), "the level is one of " + levels, decision);
        Told.that(
                decision.reasons().containsAll(Set.of(reasons)),
                "among the reasons are " + String.join(", ", reasons),
                decision);
        return decision;
    }

    /** Nothing new was decided: nobody came in, and nobody was counted. */
    void nothingDecided(Customer customer) {
        decisions
                .newest(customer.username())
                .ifPresent(last -> Told.that(seen.contains(last.id()), "nothing new was decided", last));
    }
}
