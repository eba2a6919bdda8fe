package jp.sekisho.policies.access;

import jp.sekisho.policies.access.AccessRule.Effect;

/**
 * Which change of access rules one officer makes alone: to deny, which an attack asks for. An ALLOW lets in or, as the first
 * one, shuts out everybody else, the second officer included; an end takes away what denied, or who was allowed. Of officers
 * themselves nothing is one's alone.
 */
// FFAJ-2.1-S1a, FFAJ-2.1-S1b
public final class Alone {

    private Alone() {}

    /** @param officer whether the customer of the rule is an officer or administrator */
    public static boolean makes(Scope.Kind scope, boolean officer, Effect effect) {
        return switch (scope) {
            case OFFICERS -> false;
            case REALM, CLIENT -> effect == Effect.DENY;
            case CUSTOMER -> !officer;
        };
    }

    /** @param officer as above */
    public static boolean ends(Scope.Kind scope, boolean officer) {
        return scope == Scope.Kind.CUSTOMER && !officer;
    }
}
