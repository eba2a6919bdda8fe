package jp.sekisho.policies.access;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import jp.sekisho.policies.access.AccessRule.Effect;

/**
 * All rules of a realm, compiled.
 *
 * <p>Each scope that a login is in has its say, and one that denies suffices. In a scope a rule that denies goes before one
 * that allows; where any rule of the scope allows, what none of them matches is denied. A rule that has ended, or not begun,
 * is as if it were not there.
 */
// FFAJ-1.2-B2, FFAJ-2.1-S1a, FFAJ-2.1-S1b
public final class AccessRules {

    public static final AccessRules NONE = of(List.of());

    private record Compiled(Matcher allowed, Matcher denied, Matcher strict) {

        static Compiled of(List<AccessRule> rules) {
            return new Compiled(
                    new Matcher(with(rules, Effect.ALLOW)),
                    new Matcher(with(rules, Effect.DENY)),
                    new Matcher(rules.stream().filter(AccessRule::strict).toList()));
        }

        private static List<AccessRule> with(List<AccessRule> rules, Effect effect) {
            return rules.stream().filter(rule -> rule.effect() == effect).toList();
        }

        boolean denies(Seen seen, long now) {
            return denied.matches(seen, now) || allowed.inForce(now) && !allowed.matches(seen, now);
        }
    }

    private final Map<Scope, Compiled> scopes;

    private AccessRules(Map<Scope, Compiled> scopes) {
        this.scopes = scopes;
    }

    public static AccessRules of(Collection<AccessRule> rules) {
        Map<Scope, Compiled> scopes = new HashMap<>();
        rules.stream()
                .collect(Collectors.groupingBy(AccessRule::scope))
                .forEach((scope, ofScope) -> scopes.put(scope, Compiled.of(ofScope)));
        return new AccessRules(scopes);
    }

    /**
     * @param asked the scopes that the login is in
     * @return the first of them that denies; empty where none does
     */
    public Optional<Scope> denying(List<Scope> asked, Seen seen, Instant now) {
        long millis = now.toEpochMilli();
        return asked.stream()
                .filter(scope -> scopes.containsKey(scope) && scopes.get(scope).denies(seen, millis))
                .findFirst();
    }

    /** Whether a scope's own rules leave no way back. */
    public boolean strict(Scope scope, Instant now) {
        return scopes.containsKey(scope) && scopes.get(scope).strict().inForce(now.toEpochMilli());
    }
}
