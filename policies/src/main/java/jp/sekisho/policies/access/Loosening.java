package jp.sekisho.policies.access;

import java.time.Instant;
import java.util.Collection;
import jp.sekisho.policies.access.AccessRule.Effect;

/** Which change of a scope's rules lets somebody in who is kept out: what closes needs one officer, what opens needs two. */
// FFAJ-2.1-S1a, FFAJ-2.1-S1b
public final class Loosening {

    private Loosening() {}

    /** @param before the scope's rules that have not ended */
    public static boolean byMaking(Effect effect, Collection<AccessRule> before) {
        return effect == Effect.ALLOW && before.stream().anyMatch(rule -> rule.effect() == Effect.ALLOW);
    }

    /**
     * What denied does no longer, or the last that allows for good goes, and with it the limit.
     *
     * @param left the scope's rules without the one that ends
     */
    public static boolean byEnding(AccessRule rule, Collection<AccessRule> left, Instant now) {
        return rule.effect() == Effect.DENY
                || left.stream()
                        .noneMatch(other -> other.effect() == Effect.ALLOW
                                && other.inForce(now)
                                && other.until().isEmpty());
    }
}
