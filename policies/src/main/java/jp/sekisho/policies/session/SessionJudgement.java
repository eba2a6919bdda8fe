package jp.sekisho.policies.session;

import java.util.EnumSet;
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

    /** The same where an access rule keeps the customer away. @param least what follows of the rule alone */
    // FFAJ-1.2-B2, FFAJ-2.1-S1a
    public SessionJudgement denied(Answer least) {
        Set<Change> all = EnumSet.of(Change.ACCESS_RULE);
        all.addAll(changes);
        Answer harder = answer.filter(own -> own.compareTo(least) > 0).orElse(least);
        return new SessionJudgement(all, Optional.of(harder));
    }

    /** Whether the session goes on as it is. */
    public boolean goesOn() {
        return answer.isEmpty() || answer.get() == Answer.NOTE;
    }
}
