package jp.sekisho.policies.flow;

import java.util.List;
import java.util.Set;

/**
 * An authentication flow, or a part of one, as far as it matters who gets through.
 *
 * @param executions in their order, without those that are off
 */
public record Flow(List<Execution> executions) {

    /** How an execution counts among its neighbours. */
    public enum Requirement {
        REQUIRED,
        ALTERNATIVE,
        CONDITIONAL
    }

    /** A step, or a flow of its own. */
    public sealed interface Execution {
        Requirement requirement();
    }

    public record Step(Requirement requirement, String authenticator) implements Execution {}

    public record Part(Requirement requirement, Flow flow) implements Execution {}

    public Flow {
        executions = List.copyOf(executions);
    }

    /**
     * Whether nobody gets through without one of the guards. Where something is required, one required guard will do and
     * the alternatives beside it are never asked; else each alternative is a way of its own. What has a condition may be
     * passed over.
     *
     * @param guards authenticators that let in whom the checkpoint admits, or nobody
     */
    public boolean guardedBy(Set<String> guards) {
        List<Execution> required = with(Requirement.REQUIRED);
        if (!required.isEmpty()) {
            return required.stream().anyMatch(execution -> guardedBy(execution, guards));
        }
        List<Execution> alternatives = with(Requirement.ALTERNATIVE);
        return !alternatives.isEmpty() && alternatives.stream().allMatch(execution -> guardedBy(execution, guards));
    }

    private static boolean guardedBy(Execution execution, Set<String> guards) {
        return execution instanceof Step step
                ? guards.contains(step.authenticator())
                : ((Part) execution).flow().guardedBy(guards);
    }

    private List<Execution> with(Requirement requirement) {
        return executions.stream()
                .filter(execution -> execution.requirement() == requirement)
                .toList();
    }
}
