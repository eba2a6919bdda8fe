package jp.sekisho.policies.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.policies.access.AccessRule.Effect;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LooseningTest {

    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");
    private static final AccessRule JAPAN = rule(Effect.ALLOW, "JP", Optional.empty());
    private static final AccessRule NOT_RUSSIA = rule(Effect.DENY, "RU", Optional.empty());

    @Test
    void theFirstThatAllowsClosesAndEachFurtherOneOpens() {
        assertThat(Loosening.byMaking(Effect.ALLOW, List.of())).isFalse();
        assertThat(Loosening.byMaking(Effect.ALLOW, List.of(NOT_RUSSIA))).isFalse();
        assertThat(Loosening.byMaking(Effect.ALLOW, List.of(JAPAN))).isTrue();
        assertThat(Loosening.byMaking(Effect.DENY, List.of(JAPAN))).isFalse();
    }

    @Test
    void toEndWhatDeniesOpensAndSoDoesTheLastThatAllows() {
        assertThat(Loosening.byEnding(NOT_RUSSIA, List.of(JAPAN), NOW)).isTrue();
        assertThat(Loosening.byEnding(JAPAN, List.of(NOT_RUSSIA), NOW)).isTrue();
        assertThat(Loosening.byEnding(JAPAN, List.of(rule(Effect.ALLOW, "DE", Optional.empty())), NOW))
                .isFalse();
        assertThat(Loosening.byEnding(
                        JAPAN, List.of(rule(Effect.ALLOW, "DE", Optional.of(NOW.plus(Duration.ofMinutes(1))))), NOW))
                .as("one that ends soon holds no limit")
                .isTrue();
    }

    /** Whoever is let in by a change that is said to close was let in before. */
    @Property
    void whatIsNoLooseningLetsNobodyIn(
            @ForAll("rules") List<AccessRule> before,
            @ForAll Effect effect,
            @ForAll("countries") String country,
            @ForAll("countries") String from) {
        AccessRule made = rule(effect, country, Optional.empty());
        if (!Loosening.byMaking(effect, before)) {
            assertThat(denied(before, from) && !denied(and(before, made), from)).isFalse();
        }
        if (!Loosening.byEnding(made, before, NOW)) {
            assertThat(denied(and(before, made), from) && !denied(before, from)).isFalse();
        }
    }

    @Provide
    Arbitrary<List<AccessRule>> rules() {
        return Arbitraries.of(Effect.values())
                .flatMap(effect -> countries().map(country -> rule(effect, country, Optional.empty())))
                .list()
                .ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> countries() {
        return Arbitraries.of("JP", "DE", "RU");
    }

    private static List<AccessRule> and(List<AccessRule> rules, AccessRule one) {
        return Stream.concat(rules.stream(), Stream.of(one)).toList();
    }

    private static boolean denied(List<AccessRule> rules, String country) {
        return AccessRules.of(rules)
                .denying(
                        List.of(Scope.REALM),
                        new Seen(Optional.empty(), Optional.empty(), Optional.of(country), false),
                        NOW)
                .isPresent();
    }

    private static AccessRule rule(Effect effect, String country, Optional<Instant> until) {
        return new AccessRule(Scope.REALM, effect, new Match.Country(country), false, NOW, until);
    }
}
