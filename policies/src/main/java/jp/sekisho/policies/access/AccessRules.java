package jp.sekisho.policies.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** A change copies one shelf, not the rules of a million customers. */
    private static final int SHELVES = 1024;

    public static final AccessRules NONE = new AccessRules(Collections.nCopies(SHELVES, Map.of()));

    /**
     * @param allowing when any rule allows
     * @param limiting when any rule is strict
     */
    private record Compiled(Matcher allowed, Matcher denied, Matcher strict, List<Span> allowing, List<Span> limiting) {

        static final Compiled NONE = of(Matcher.NONE, Matcher.NONE, Matcher.NONE);

        private static Compiled of(Matcher allowed, Matcher denied, Matcher strict) {
            return new Compiled(allowed, denied, strict, allowed.times(), strict.times());
        }

        Compiled with(Collection<Match> gone, Collection<AccessRule> come) {
            return of(
                    allowed.with(gone, with(come, Effect.ALLOW)),
                    denied.with(gone, with(come, Effect.DENY)),
                    strict.with(gone, come.stream().filter(AccessRule::strict).toList()));
        }

        private static List<AccessRule> with(Collection<AccessRule> rules, Effect effect) {
            return rules.stream().filter(rule -> rule.effect() == effect).toList();
        }

        boolean isEmpty() {
            return allowed.isEmpty() && denied.isEmpty();
        }

        boolean denies(Seen seen, long now) {
            return denied.matches(seen, now) || Span.anyHas(allowing, now) && !allowed.matches(seen, now);
        }
    }

    private final List<Map<Scope, Compiled>> shelves;

    private AccessRules(List<Map<Scope, Compiled>> shelves) {
        this.shelves = shelves;
    }

    public static AccessRules of(Collection<AccessRule> rules) {
        return NONE.with(Set.of(), rules);
    }

    /**
     * The same after a change.
     *
     * @param changed what rules were made or ended for
     * @param rules all that there are for it now
     */
    public AccessRules with(Collection<Key> changed, Collection<AccessRule> rules) {
        Map<Scope, List<Match>> gone = changed.stream()
                .collect(Collectors.groupingBy(Key::scope, Collectors.mapping(Key::match, Collectors.toList())));
        Map<Scope, List<AccessRule>> come = rules.stream().collect(Collectors.groupingBy(AccessRule::scope));
        Set<Scope> scopes = new HashSet<>(gone.keySet());
        scopes.addAll(come.keySet());
        List<Map<Scope, Compiled>> next = new ArrayList<>(shelves);
        scopes.stream().collect(Collectors.groupingBy(AccessRules::shelf)).forEach((shelf, ofShelf) -> {
            Map<Scope, Compiled> copy = new HashMap<>(shelves.get(shelf));
            for (Scope scope : ofShelf) {
                copy.put(
                        scope,
                        copy.getOrDefault(scope, Compiled.NONE)
                                .with(gone.getOrDefault(scope, List.of()), come.getOrDefault(scope, List.of())));
            }
            copy.values().removeIf(Compiled::isEmpty);
            next.set(shelf, copy);
        });
        return new AccessRules(next);
    }

    private static int shelf(Scope scope) {
        return Math.floorMod(scope.hashCode(), SHELVES);
    }

    private Optional<Compiled> of(Scope scope) {
        return Optional.ofNullable(shelves.get(shelf(scope)).get(scope));
    }

    /**
     * @param asked the scopes that the login is in
     * @return the first of them that denies; empty where none does
     */
    public Optional<Scope> denying(List<Scope> asked, Seen seen, Instant now) {
        long millis = now.toEpochMilli();
        return asked.stream()
                .filter(scope ->
                        of(scope).filter(rules -> rules.denies(seen, millis)).isPresent())
                .findFirst();
    }

    /** Whether a scope's own rules leave no way back. */
    public boolean strict(Scope scope, Instant now) {
        return of(scope)
                .filter(rules -> Span.anyHas(rules.limiting(), now.toEpochMilli()))
                .isPresent();
    }
}
