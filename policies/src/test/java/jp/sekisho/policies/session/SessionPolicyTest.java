package jp.sekisho.policies.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.policies.evidence.Field;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SessionPolicyTest {

    private static final Instant BEGAN = Instant.parse("2026-11-25T00:00:00Z");
    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration ABSOLUTE = Duration.ofHours(12);
    private static final SessionPolicy POLICY =
            new SessionPolicy(Answer.END, Answer.REAUTHENTICATE, Answer.NOTE, IDLE, ABSOLUTE);
    private static final Holder HOLDER = holder("device", "JP", "Chrome (Windows)");
    private static final Use SOON = used(Duration.ofMinutes(5), Duration.ofMinutes(6));

    @Test
    void whoComesBackAsHeWasGoesOn() {
        SessionJudgement judgement = POLICY.judge(Optional.of(HOLDER), HOLDER, SOON);
        assertThat(judgement.changes()).isEmpty();
        assertThat(judgement.goesOn()).isTrue();
    }

    @Test
    void theHardestAnswerCounts() {
        assertThat(judge(holder("device", "JP", "Firefox (Windows)"))).isEqualTo(Answer.NOTE);
        assertThat(judge(holder("device", "NG", "Firefox (Windows)"))).isEqualTo(Answer.REAUTHENTICATE);
        assertThat(judge(holder("another", "NG", "Firefox (Windows)"))).isEqualTo(Answer.END);
    }

    @Test
    void lifetimesEndASession() {
        Optional<Holder> began = Optional.of(HOLDER);
        assertThat(POLICY.judge(began, HOLDER, used(IDLE, IDLE.plusSeconds(1).plus(IDLE)))
                        .changes())
                .containsExactly(Change.IDLE);
        assertThat(POLICY.judge(began, HOLDER, used(ABSOLUTE.minusMinutes(1), ABSOLUTE.plusSeconds(1)))
                        .answer())
                .contains(Answer.END);
        assertThat(POLICY.judge(began, HOLDER, used(Duration.ZERO, IDLE)).goesOn())
                .isTrue();
    }

    /** Whoever holds it, known or not: an app that refreshes from its own server tells nothing of him. */
    @Property
    void lifetimesAreTheSameWhereNothingIsSeen(
            @ForAll("holders") Holder now,
            @ForAll @IntRange(max = 800) int last,
            @ForAll @IntRange(max = 800) int more) {
        Use use = used(Duration.ofMinutes(last), Duration.ofMinutes(last + more));
        Set<Change> seen =
                new HashSet<>(POLICY.judge(Optional.of(HOLDER), now, use).changes());
        seen.retainAll(Set.of(Change.IDLE, Change.AGE));
        assertThat(POLICY.judge(use).changes()).isEqualTo(seen);
        assertThat(POLICY.judge(use).goesOn()).isEqualTo(seen.isEmpty());
    }

    @Test
    void aSessionThatTheCheckpointDoesNotKnowIsLoggedInto() {
        assertThat(POLICY.judge(Optional.empty(), HOLDER, SOON).answer()).contains(Answer.REAUTHENTICATE);
    }

    /** Leaving something out is never better than to bring something else. */
    @Property
    void withheldIsAChange(@ForAll("holders") Holder began, @ForAll("holders") Holder now) {
        Holder silent = new Holder(Field.withheld(), now.country(), now.userAgent());
        SessionJudgement other =
                POLICY.judge(Optional.of(began), new Holder(Field.of("another"), now.country(), now.userAgent()), SOON);
        boolean knownDevice = began.device() instanceof Field.Present;
        if (knownDevice) {
            assertThat(POLICY.judge(Optional.of(began), silent, SOON).changes()).isEqualTo(other.changes());
        }
    }

    /** What a channel cannot have says nothing. */
    @Property
    void whatIsNotCollectedIsNoChange(@ForAll("holders") Holder began) {
        Holder nothing = new Holder(Field.notCollected(), Field.notCollected(), Field.notCollected());
        assertThat(POLICY.judge(Optional.of(began), nothing, SOON).changes()).isEmpty();
        assertThat(POLICY.judge(Optional.of(began), began, SOON).changes()).isEmpty();
    }

    @Test
    void absurdLifetimesAreRefused() {
        for (List<Duration> lifetimes : List.of(
                List.of(Duration.ofSeconds(59), ABSOLUTE),
                List.of(IDLE, Duration.ofMinutes(59)),
                List.of(Duration.ofHours(25), Duration.ofDays(2)),
                List.of(IDLE, Duration.ofDays(8)))) {
            assertThatThrownBy(() -> new SessionPolicy(
                            Answer.NOTE, Answer.NOTE, Answer.NOTE, lifetimes.get(0), lifetimes.get(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("session.");
        }
    }

    @Provide
    Arbitrary<Holder> holders() {
        return Combinators.combine(field("device"), field("JP"), field("Chrome (Windows)"))
                .as(Holder::new);
    }

    private static Arbitrary<Field<String>> field(String value) {
        return Arbitraries.of(List.<Field<String>>of(Field.of(value), Field.withheld(), Field.notCollected()));
    }

    @Test
    void whereAnAccessRuleDeniesItDoesNotGoOn() {
        SessionJudgement usual = POLICY.judge(Optional.of(HOLDER), HOLDER, SOON).denied(Answer.REAUTHENTICATE);
        assertThat(usual.goesOn()).isFalse();
        assertThat(usual.answer()).contains(Answer.REAUTHENTICATE);
        SessionJudgement ended = POLICY.judge(Optional.of(HOLDER), holder("another", "NG", "Firefox (Windows)"), SOON)
                .denied(Answer.REAUTHENTICATE);
        assertThat(ended.answer()).contains(Answer.END);
        assertThat(ended.changes()).contains(Change.ACCESS_RULE, Change.DEVICE);
        assertThat(POLICY.judge(Optional.of(HOLDER), HOLDER, SOON)
                        .denied(Answer.END)
                        .answer())
                .contains(Answer.END);
    }

    private static Answer judge(Holder now) {
        return POLICY.judge(Optional.of(HOLDER), now, SOON).answer().orElseThrow();
    }

    private static Use used(Duration last, Duration now) {
        return new Use(BEGAN, BEGAN.plus(last), BEGAN.plus(now));
    }

    private static Holder holder(String device, String country, String userAgent) {
        return new Holder(Field.of(device), Field.of(country), Field.of(userAgent));
    }
}
