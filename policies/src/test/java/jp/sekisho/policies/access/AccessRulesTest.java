package jp.sekisho.policies.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.factor.FactorClass;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

// FFAJ-1.2-B2, FFAJ-2.1-S1a
class AccessRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final Scope HIS = Scope.customer("c0ffee");
    private static final Seen WITHHELD = new Seen(Optional.empty(), Optional.empty(), Optional.empty(), false);

    @Test
    void denyGoesBeforeAllow() {
        AccessRules rules = AccessRules.of(List.of(
                rule(Scope.REALM, Effect.ALLOW, network("203.0.113.0", 24)),
                rule(Scope.REALM, Effect.DENY, network("203.0.113.128", 25))));

        assertThat(denied(rules, Scope.REALM, from("203.0.113.1"))).isFalse();
        assertThat(denied(rules, Scope.REALM, from("203.0.113.200"))).isTrue();
        assertThat(denied(rules, Scope.REALM, from("198.51.100.1"))).isTrue();
    }

    @Test
    void abroadIsWhateverIsNotJapanAlsoWhereNobodyKnows() {
        AccessRules rules = AccessRules.of(List.of(rule(HIS, Effect.DENY, new Match.Abroad())));
        assertThat(denied(rules, HIS, in("JP"))).isFalse();
        assertThat(denied(rules, HIS, in("DE"))).isTrue();
        assertThat(denied(rules, HIS, in("ZZ"))).isTrue();
        assertThat(denied(rules, HIS, WITHHELD)).isFalse();
    }

    /** In as many pieces as a hundred thousand make. */
    @Test
    void whatIsCompiledWhileItIsReadAnswersAsWhatIsCompiledAtOnce() {
        Random random = new Random(1);
        List<AccessRule> all = new ArrayList<>();
        Compiling compiling = new Compiling();
        for (int i = 0; i < 100_000; i++) {
            Scope scope = i % 3 == 0 ? Scope.customer("c" + random.nextInt(20_000)) : Scope.REALM;
            Match match = i % 50 == 0
                    ? new Match.AutonomousSystem(1 + random.nextInt(1_000))
                    : new Match.Network(new IpAddress(32, 0, random.nextInt() & 0xffff_ffffL), 8 + random.nextInt(25));
            AccessRule rule = rule(scope, random.nextInt(9) == 0 ? Effect.ALLOW : Effect.DENY, match);
            all.add(rule);
            compiling.add(rule);
        }
        AccessRules compiled = compiling.rules();
        AccessRules atOnce = AccessRules.of(all);

        for (int i = 0; i < 20_000; i++) {
            List<Scope> scopes = List.of(Scope.REALM, Scope.customer("c" + i));
            Seen seen = new Seen(
                    Optional.of(new IpAddress(32, 0, random.nextInt() & 0xffff_ffffL)),
                    Optional.of(1L + random.nextInt(2_000)),
                    Optional.empty(),
                    false);
            assertThat(compiled.denying(scopes, seen, NOW)).isEqualTo(atOnce.denying(scopes, seen, NOW));
            assertThat(compiled.denying(scopes.subList(1, 2), seen, NOW))
                    .isEqualTo(atOnce.denying(scopes.subList(1, 2), seen, NOW));
        }
        assertThat(new Compiling().rules().denying(List.of(Scope.REALM), WITHHELD, NOW))
                .isEmpty();
    }

    @Test
    void whereNothingIsAllowedEverythingIsThatIsNotDenied() {
        AccessRules rules = AccessRules.of(List.of(rule(Scope.REALM, Effect.DENY, new Match.Country("XX"))));

        assertThat(denied(rules, Scope.REALM, from("203.0.113.1"))).isFalse();
        assertThat(denied(rules, Scope.OFFICERS, in("XX"))).isFalse();
        assertThat(denied(rules, Scope.REALM, in("XX"))).isTrue();
    }

    @Test
    void whoHidesWhereHeIsMatchesNothing() {
        AccessRules denying = AccessRules.of(List.of(
                rule(Scope.REALM, Effect.DENY, network("0.0.0.0", 0)),
                rule(Scope.REALM, Effect.DENY, new Match.Country("ZZ"))));
        AccessRules allowing = AccessRules.of(List.of(rule(Scope.REALM, Effect.ALLOW, network("0.0.0.0", 0))));

        assertThat(denied(denying, Scope.REALM, WITHHELD)).isFalse();
        assertThat(denied(allowing, Scope.REALM, WITHHELD)).isTrue();
    }

    @Test
    void eachScopeHasItsSay() {
        AccessRules rules = AccessRules.of(List.of(
                rule(Scope.client("desk"), Effect.ALLOW, network("10.0.0.0", 8)),
                rule(HIS, Effect.ALLOW, new Match.KnownDevice())));
        List<Scope> all = List.of(Scope.REALM, Scope.client("desk"), HIS);

        assertThat(rules.denying(
                        all, new Seen(Optional.of(ip("10.1.2.3")), Optional.empty(), Optional.empty(), true), NOW))
                .isEmpty();
        assertThat(rules.denying(all, from("10.1.2.3"), NOW)).contains(HIS);
        assertThat(rules.denying(all, WITHHELD, NOW)).contains(Scope.client("desk"));
        assertThat(rules.denying(List.of(Scope.client("app"), Scope.customer("other")), WITHHELD, NOW))
                .isEmpty();
    }

    @Test
    void aRuleCountsFromItsBeginningAndNotAtItsEnd() {
        AccessRules rules = AccessRules.of(List.of(new AccessRule(
                HIS, Effect.DENY, new Match.AutonomousSystem(64500), true, NOW, Optional.of(NOW.plusSeconds(10)))));
        Seen seen = new Seen(Optional.empty(), Optional.of(64500L), Optional.empty(), true);

        assertThat(rules.denying(List.of(HIS), seen, NOW.minusMillis(1))).isEmpty();
        assertThat(rules.denying(List.of(HIS), seen, NOW)).contains(HIS);
        assertThat(rules.strict(HIS, NOW)).isTrue();
        assertThat(rules.denying(List.of(HIS), seen, NOW.plusSeconds(10))).isEmpty();
        assertThat(rules.strict(HIS, NOW.plusSeconds(10))).isFalse();
    }

    /** What is compiled says what reading one rule after the other says. */
    @Property(tries = 2000)
    void itMatchesWhatANaiveReaderMatches(
            @ForAll("rules") @Size(max = 40) List<AccessRule> rules, @ForAll("seen") Seen seen) {
        AccessRules compiled = AccessRules.of(rules);
        for (Scope scope : List.of(Scope.REALM, HIS)) {
            assertThat(denied(compiled, scope, seen)).isEqualTo(naively(rules, scope, seen));
        }
    }

    /** What is compiled after changes says what reading one rule after the other says. */
    @Property(tries = 2000)
    void aChangeIsAsIfAllHadBeenCompiledAnew(
            @ForAll("rules") @Size(max = 30) List<AccessRule> first,
            @ForAll @Size(min = 1, max = 4) List<@Size(max = 10) List<@From("rule") AccessRule>> made,
            @ForAll long ending,
            @ForAll("seen") Seen seen) {
        List<AccessRule> rules = new ArrayList<>(first);
        AccessRules compiled = AccessRules.of(rules);
        Random random = new Random(ending);
        for (List<AccessRule> come : made) {
            Set<Key> changed = come.stream().map(AccessRule::key).collect(Collectors.toSet());
            rules.removeIf(rule -> random.nextInt(3) == 0 && changed.add(rule.key()));
            rules.addAll(come);
            compiled = compiled.with(
                    changed,
                    rules.stream().filter(rule -> changed.contains(rule.key())).toList());
        }
        for (Scope scope : List.of(Scope.REALM, HIS)) {
            for (int second = -3; second < 5; second++) {
                Instant at = NOW.plusSeconds(second);
                assertThat(compiled.denying(List.of(scope), seen, at).isPresent())
                        .isEqualTo(naively(rules, scope, seen, at));
                assertThat(compiled.strict(scope, at))
                        .isEqualTo(rules.stream()
                                .anyMatch(rule -> rule.strict() && rule.scope().equals(scope) && rule.inForce(at)));
            }
        }
    }

    /** Where the last rule goes, so does its scope, and with the last that allows the limit. */
    @Test
    void whatIsLeftAfterTheLastRuleIsNothing() {
        AccessRule allowing = rule(HIS, Effect.ALLOW, network("203.0.113.0", 24));
        AccessRules rules = AccessRules.of(List.of(allowing));
        assertThat(denied(rules, HIS, from("198.51.100.1"))).isTrue();

        assertThat(denied(rules.with(Set.of(allowing.key()), List.of()), HIS, from("198.51.100.1")))
                .isFalse();
        assertThat(denied(rules, HIS, from("198.51.100.1")))
                .as("who holds the old ones sees the old ones")
                .isTrue();
    }

    private static boolean naively(List<AccessRule> rules, Scope scope, Seen seen) {
        return naively(rules, scope, seen, NOW);
    }

    private static boolean naively(List<AccessRule> rules, Scope scope, Seen seen, Instant now) {
        List<AccessRule> counting = rules.stream()
                .filter(rule -> rule.scope().equals(scope) && rule.inForce(now))
                .toList();
        boolean denied = counting.stream().anyMatch(rule -> rule.effect() == Effect.DENY && matches(rule, seen));
        boolean allowing = counting.stream().anyMatch(rule -> rule.effect() == Effect.ALLOW);
        boolean allowed = counting.stream().anyMatch(rule -> rule.effect() == Effect.ALLOW && matches(rule, seen));
        return denied || allowing && !allowed;
    }

    private static boolean matches(AccessRule rule, Seen seen) {
        if (rule.match() instanceof Match.Network network) {
            return seen.address()
                    .filter(address -> address.bits() == network.address().bits())
                    .filter(address -> bits(address)
                            .shiftRight(address.bits() - network.length())
                            .equals(bits(network.address()).shiftRight(address.bits() - network.length())))
                    .isPresent();
        } else if (rule.match() instanceof Match.AutonomousSystem system) {
            return seen.asn().equals(Optional.of(system.asn()));
        } else if (rule.match() instanceof Match.Country country) {
            return seen.country().equals(Optional.of(country.code()));
        }
        return seen.knownDevice();
    }

    private static BigInteger bits(IpAddress address) {
        byte[] octets = ByteBuffer.allocate(16)
                .putLong(address.high())
                .putLong(address.low())
                .array();
        return new BigInteger(1, octets);
    }

    @Provide
    Arbitrary<AccessRule> rule() {
        Arbitrary<Match> network = Combinators.combine(
                        address(), Arbitraries.integers().between(0, 128))
                .as((address, length) -> new Match.Network(address, Math.min(length, address.bits())));
        Arbitrary<Match> other = Arbitraries.of(
                new Match.AutonomousSystem(1),
                new Match.AutonomousSystem(2),
                new Match.Country("JP"),
                new Match.KnownDevice());
        return Combinators.combine(
                        Arbitraries.of(Scope.REALM, HIS),
                        Arbitraries.of(Effect.values()),
                        Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(3, network), net.jqwik.api.Tuple.of(1, other)),
                        Arbitraries.integers().between(-2, 1),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.of(true, false))
                .as((scope, effect, match, from, length, strict) -> new AccessRule(
                        scope,
                        match instanceof Match.KnownDevice ? Effect.ALLOW : effect,
                        match,
                        strict && scope == HIS,
                        NOW.plusSeconds(from),
                        length == 3 ? Optional.empty() : Optional.of(NOW.plusSeconds(from + length))));
    }

    @Provide
    Arbitrary<List<AccessRule>> rules() {
        return rule().list();
    }

    @Provide
    Arbitrary<Seen> seen() {
        return Combinators.combine(
                        address().optional(),
                        Arbitraries.of(0L, 1L, 2L, 3L).optional(),
                        Arbitraries.of("JP", "US", "ZZ").optional(),
                        Arbitraries.of(true, false))
                .as(Seen::new);
    }

    /** Few bits differ, so that networks are met. */
    private static Arbitrary<IpAddress> address() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.bytes().array(byte[].class).ofSize(4),
                        Arbitraries.integers().between(0, 15))
                .as((four, octets, at) -> {
                    byte[] all = new byte[four ? 4 : 16];
                    all[0] = (byte) (octets[0] & 0x81);
                    all[at % all.length] ^= octets[1] & 3;
                    all[all.length - 1] ^= octets[2] & 1;
                    return IpAddress.of(all);
                });
    }

    /** Counted, not only told: a million rules, a thousand addresses, far less than a millisecond each. */
    @Test
    void aMillionRulesAreLookedUpInMicroseconds() {
        Random random = new Random(1);
        List<AccessRule> rules = new ArrayList<>(1_000_000);
        for (int i = 0; i < 1_000_000; i++) {
            boolean four = i % 4 != 0;
            byte[] octets = new byte[four ? 4 : 16];
            random.nextBytes(octets);
            int length = four ? 12 + random.nextInt(21) : 28 + random.nextInt(101);
            rules.add(rule(Scope.REALM, Effect.DENY, new Match.Network(IpAddress.of(octets), length)));
        }
        AccessRules compiled = AccessRules.of(rules);
        int found = 0;
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 50; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                byte[] octets = new byte[i % 4 == 0 ? 16 : 4];
                random.nextBytes(octets);
                found += denied(
                                compiled,
                                Scope.REALM,
                                new Seen(Optional.of(IpAddress.of(octets)), Optional.of(1L), Optional.of("JP"), false))
                        ? 1
                        : 0;
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        assertThat(found).isPositive();
        assertThat(Duration.ofNanos(best / 1_000)).isLessThan(Duration.ofNanos(50_000));
    }

    @Test
    void absurdRulesAreRefused() {
        assertThatThrownBy(() -> new Match.Country("jp")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Match.AutonomousSystem(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> network("10.0.0.0", 33)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Scope(Scope.Kind.CLIENT, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rule(Scope.REALM, Effect.DENY, new Match.KnownDevice()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AccessPolicy(FactorClass.KNOWLEDGE, Duration.ofMinutes(5), Duration.ZERO))
                .hasMessageContaining("step-up");
    }

    private static boolean denied(AccessRules rules, Scope scope, Seen seen) {
        return rules.denying(List.of(scope), seen, NOW).isPresent();
    }

    private static AccessRule rule(Scope scope, Effect effect, Match match) {
        return new AccessRule(scope, effect, match, false, NOW.minusSeconds(60), Optional.empty());
    }

    private static Match.Network network(String address, int length) {
        return new Match.Network(ip(address), length);
    }

    private static Seen from(String address) {
        return new Seen(Optional.of(ip(address)), Optional.empty(), Optional.empty(), false);
    }

    private static Seen in(String country) {
        return new Seen(Optional.empty(), Optional.empty(), Optional.of(country), false);
    }

    private static IpAddress ip(String address) {
        String[] parts = address.split("\\.");
        byte[] octets = new byte[4];
        for (int i = 0; i < 4; i++) {
            octets[i] = (byte) Integer.parseInt(parts[i]);
        }
        return IpAddress.of(octets);
    }
}
