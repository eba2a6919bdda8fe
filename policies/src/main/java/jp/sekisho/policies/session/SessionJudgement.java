package jp.sekisho.policies.session;

import java.util.Optional;
import java.util.Set;

/**
 * @param changes what speaks against going on
 * @param answer what follows; empty where nothing speaks against it
 */
public record SessionJudgement(Set<Change> changes, Optional<Answer> answer) {

    public SessionJudgement {
        changes = Set.copyOf(changes);
    }

    /** Whether the session goes on as it is. */
    public boolean goesOn() {
        return answer.isEmpty() || answer.get() == Answer.NOTE;
    }
}
