package jp.sekisho.policies.decision;

import jp.sekisho.policies.risk.Level;

/**
 * What was decided of the same operation before it is decided again. What spoke against it then may be out of sight by now: its
 * session is over, and the app says nothing anew. So less is never asked, and nothing is less of a risk than it was.
 */
// FFAJ-3-S2
public record Earlier(Level level, Requirement requirement) {

    /** Of an operation that nobody decided before. */
    public static final Earlier NOTHING = new Earlier(Level.LOW, Requirement.NOTHING);

    public Level or(Level now) {
        return level.compareTo(now) >= 0 ? level : now;
    }

    public Requirement or(Requirement now) {
        return Requirement.max(requirement, now);
    }
}
