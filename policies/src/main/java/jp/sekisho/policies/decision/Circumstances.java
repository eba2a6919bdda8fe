package jp.sekisho.policies.decision;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.anomaly.Likeness;
import jp.sekisho.policies.limit.Limits.Say;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;

/**
 * What is known when an operation of an app is decided.
 *
 * @param wayOut whether it only takes risk away
 * @param frozen whether the operation is frozen
 * @param locked whether the operation is locked after failures
 * @param denied whether an access rule keeps the customer away from where he is
 * @param heldUntil until when his session or account changes nothing and moves no money; empty where it is not held
 * @param destination how the bank account stands
 * @param level of the risk
 * @param likeness of the operation itself to what the customer does
 * @param windowOpen whether he confirmed lately that he trades in this session
 * @param own what the customer himself set for such an operation
 * @param requirement of the profile, at the level, or what he wants to be asked himself
 */
public record Circumstances(
        Operation operation,
        boolean wayOut,
        boolean frozen,
        boolean locked,
        boolean denied,
        Optional<Instant> heldUntil,
        Destination destination,
        Level level,
        Likeness likeness,
        boolean windowOpen,
        Say own,
        Requirement requirement) {

    public Circumstances {
        if (wayOut && operation != Operation.TRADE) {
            throw new IllegalArgumentException("only an order is a way out");
        }
    }

    /** Whether a confirmation is of this very operation, and of nothing else. */
    public boolean requiresItsOwn() {
        return operation != Operation.TRADE || level == Level.HIGH || own == Say.ITS_OWN;
    }
}
