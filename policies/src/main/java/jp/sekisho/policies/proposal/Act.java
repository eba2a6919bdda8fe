package jp.sekisho.policies.proposal;

import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Scope;

/**
 * Which acts of officers one does alone, and which another one has to approve. To thaw, to exempt and to lower the policy
 * are proposals by themselves, whoever it is about.
 */
// FFAJ-2.1-S1a, FFAJ-2.1-S1b, FFAJ-2.1-S3
public enum Act {
    /** Of realm or client; an attack asks for it. */
    RULE_DENYING_MANY(Alone.ALWAYS),
    /** It lets in or, as the first one, shuts out everybody else, the second officer included. */
    RULE_ALLOWING_MANY(Alone.NEVER),
    /** It takes away what denied, or who was allowed. */
    END_OF_RULE_FOR_MANY(Alone.NEVER),
    RULE_OF_OFFICERS(Alone.NEVER),
    END_OF_RULE_OF_OFFICERS(Alone.NEVER),
    RULE_OF_CUSTOMER(Alone.UPON_CUSTOMERS),
    END_OF_RULE_OF_CUSTOMER(Alone.UPON_CUSTOMERS),
    /** One alone could leave nobody who thaws. */
    FREEZE(Alone.UPON_CUSTOMERS),
    DISOWN(Alone.UPON_CUSTOMERS),
    MARK_LIFT(Alone.UPON_CUSTOMERS),
    /** That an operation goes on which waited for somebody to look at the account. */
    OPERATION_RELEASE(Alone.UPON_CUSTOMERS),
    IDENTITY_RECORD(Alone.UPON_CUSTOMERS),
    /** Its code vouches for no more than a provisional passkey. */
    LETTER(Alone.UPON_CUSTOMERS),
    LETTER_THAT_IDENTIFIES(Alone.NEVER),
    /** To who is to come back from a freeze. */
    LETTER_AFTER_THAW(Alone.NEVER);

    private enum Alone {
        ALWAYS,
        UPON_CUSTOMERS,
        NEVER
    }

    private final Alone alone;

    Act(Alone alone) {
        this.alone = alone;
    }

    /** To make a rule. */
    public static Act rule(Scope.Kind scope, Effect effect) {
        return switch (scope) {
            case OFFICERS -> RULE_OF_OFFICERS;
            case REALM, CLIENT ->
                switch (effect) {
                    case DENY -> RULE_DENYING_MANY;
                    case ALLOW -> RULE_ALLOWING_MANY;
                };
            case CUSTOMER -> RULE_OF_CUSTOMER;
        };
    }

    /** To end one. */
    public static Act ruleEnd(Scope.Kind scope) {
        return switch (scope) {
            case OFFICERS -> END_OF_RULE_OF_OFFICERS;
            case REALM, CLIENT -> END_OF_RULE_FOR_MANY;
            case CUSTOMER -> END_OF_RULE_OF_CUSTOMER;
        };
    }

    /** @param officer whether it is done upon an officer or administrator */
    public boolean needsTwo(boolean officer) {
        return switch (alone) {
            case ALWAYS -> false;
            case UPON_CUSTOMERS -> officer;
            case NEVER -> true;
        };
    }
}
