package jp.sekisho.policies.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StandingTest {

    private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");
    private static final Duration WAIT = Duration.ofHours(24);

    private static final Limits OFF = new Limits(true, false, Optional.empty(), false);
    private static final Limits OFF_AND_EACH = new Limits(true, false, Optional.empty(), true);

    /** @param after the one before */
    record Change(Limits wanted, Duration after) {}

    @Property
    void whatTightensIsInForceAtOnceAndNothingLoosens(
            @ForAll("changes") List<Change> before, @ForAll("limits") Limits wanted) {
        Instant now = end(before);
        Standing standing = run(before);
        Limits after = standing.after(wanted, now, WAIT).at(now);
        assertThat(after.asStrictAs(wanted)).isTrue();
        assertThat(after.asStrictAs(standing.at(now))).isTrue();
    }

    @Property
    void whatIsWantedIsInForceOnceItsTimeHasCome(
            @ForAll("changes") List<Change> before, @ForAll("limits") Limits wanted) {
        Instant now = end(before);
        assertThat(run(before).after(wanted, now, WAIT).at(now.plus(WAIT))).isEqualTo(wanted);
    }

    /** Whoever never shows himself never opens anything, however he mixes what he asks for. */
    @Property
    void withoutAStepUpNothingOpensThatWasNotAboutTo(
            @ForAll("changes") List<Change> before, @ForAll("changes") List<Change> thief) {
        Standing standing = run(before);
        Instant begin = end(before);
        Instant now = begin;
        Standing stolen = standing;
        for (Change change : thief) {
            now = now.plus(change.after());
            if (!stolen.loosens(change.wanted(), now)) {
                stolen = stolen.after(change.wanted(), now, WAIT);
            }
        }
        for (Duration later : List.of(Duration.ZERO, Duration.ofHours(1), WAIT, WAIT.multipliedBy(2))) {
            assertThat(stolen.at(now.plus(later)).asStrictAs(standing.at(now.plus(later))))
                    .isTrue();
        }
    }

    @Property
    void takenBackNothingIsAboutToOpen(@ForAll("changes") List<Change> before) {
        Instant now = end(before);
        Standing standing = run(before);
        Limits inForce = standing.at(now);
        assertThat(standing.loosens(inForce, now)).isFalse();
        assertThat(standing.after(inForce, now, WAIT)).isEqualTo(new Standing(inForce, Optional.empty()));
    }

    @Example
    void theWaitGoesOnWhereSomethingElseTightens() {
        Standing waiting = new Standing(OFF, Optional.empty()).after(Limits.NONE, NOW, WAIT);
        assertThat(waiting.pending()).contains(new Standing.Pending(Limits.NONE, NOW.plus(WAIT)));
        Instant later = NOW.plusSeconds(3600);
        Limits each = new Limits(false, false, Optional.empty(), true);
        assertThat(waiting.loosens(each, later)).isFalse();
        Standing both = waiting.after(each, later, WAIT);
        assertThat(both.at(later)).isEqualTo(OFF_AND_EACH);
        assertThat(both.pending()).contains(new Standing.Pending(each, NOW.plus(WAIT)));
    }

    @Example
    void whatIsLooserThanWhatWaitsWaitsAnew() {
        Standing waiting = new Standing(OFF_AND_EACH, Optional.empty()).after(OFF, NOW, WAIT);
        Instant later = NOW.plusSeconds(3600);
        assertThat(waiting.loosens(Limits.NONE, later)).isTrue();
        assertThat(waiting.after(Limits.NONE, later, WAIT).pending())
                .contains(new Standing.Pending(Limits.NONE, later.plus(WAIT)));
    }

    private static Standing run(List<Change> changes) {
        Standing standing = Standing.NONE;
        Instant now = NOW;
        for (Change change : changes) {
            now = now.plus(change.after());
            standing = standing.after(change.wanted(), now, WAIT);
        }
        return standing;
    }

    private static Instant end(List<Change> changes) {
        return NOW.plus(changes.stream().map(Change::after).reduce(Duration.ZERO, Duration::plus));
    }

    @Provide
    Arbitrary<Limits> limits() {
        return LimitsTest.all();
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        return Combinators.combine(
                        LimitsTest.all(),
                        Arbitraries.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(23), WAIT))
                .as(Change::new)
                .list()
                .ofMaxSize(5);
    }
}
