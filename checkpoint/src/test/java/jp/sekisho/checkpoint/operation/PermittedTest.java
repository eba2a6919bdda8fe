package jp.sekisho.checkpoint.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.storage.operation.StoredOperation.Decided;
import org.junit.jupiter.api.Test;

// JP25-11
class PermittedTest {

    private static final Decided DECIDED = decided(Requirement.PHISHING_RESISTANT, Optional.empty(), Level.HIGH);
    private static final Permitted ROW =
            Permitted.of(Rows.row("o", "app", "u", Operation.WITHDRAWAL)).as(DECIDED, State.HELD, Rows.AT);

    /** Whoever writes one of these columns and has no key is left with a permit of something else. */
    @Test
    void whateverDecidesWhatIsAskedIsOfIt() {
        Stream<Permitted> others = Stream.of(
                ROW.as(DECIDED, State.STEP_UP, Rows.AT),
                ROW.as(DECIDED, State.HELD, Rows.AT.plusMillis(1)),
                ROW.as(decided(Requirement.STRONGEST_FACTOR, Optional.empty(), Level.HIGH), State.HELD, Rows.AT),
                ROW.as(decided(Requirement.PHISHING_RESISTANT, Optional.empty(), Level.LOW), State.HELD, Rows.AT),
                ROW.as(
                        decided(Requirement.PHISHING_RESISTANT, Optional.of(Cause.PAYEE_REVIEW), Level.HIGH),
                        State.HELD,
                        Rows.AT),
                ROW.as(DECIDED.heldUntil(Rows.AT), State.HELD, Rows.AT),
                new Permitted("another", ROW.digest(), ROW.sessionId(), DECIDED, State.HELD, Rows.AT),
                new Permitted(ROW.id(), "e".repeat(64), ROW.sessionId(), DECIDED, State.HELD, Rows.AT),
                new Permitted(ROW.id(), ROW.digest(), "another", DECIDED, State.HELD, Rows.AT));
        assertThat(others.map(Permitted::text)).doesNotContain(ROW.text()).doesNotHaveDuplicates();
    }

    @Test
    void untilWhenItIsHeldIsNot() {
        assertThat(ROW.as(DECIDED.heldUntil(Rows.AT), State.HELD, Rows.AT).text())
                .isEqualTo(ROW.as(DECIDED.heldUntil(Rows.AT.plus(Duration.ofHours(1))), State.HELD, Rows.AT)
                        .text());
    }

    @Test
    void onlyWhatGoesOnHasOne() {
        assertThat(Stream.of(State.values())
                        .filter(state -> ROW.as(DECIDED, state, Rows.AT).goesOn()))
                .containsExactlyInAnyOrderElementsOf(
                        EnumSet.of(State.ALLOWED, State.STEP_UP, State.HELD, State.CONFIRMED));
    }

    // FFAJ-1.3-B4
    @Test
    void aWindowIsOfItsOperationSessionAndAppAndEnds() {
        Instant until = Rows.AT.plus(Duration.ofHours(8));
        assertThat(List.of(
                        Permitted.window("o", until, "session", "app"),
                        Permitted.window("another", until, "session", "app"),
                        Permitted.window("o", until.plusMillis(1), "session", "app"),
                        Permitted.window("o", until, "another", "app"),
                        Permitted.window("o", until, "session", "another")))
                .doesNotHaveDuplicates();
    }

    private static Decided decided(Requirement requirement, Optional<Cause> cause, Level level) {
        return new Decided(
                "decision", Outcome.HOLD, requirement, cause, Optional.empty(), level, 0, List.of(), "jp-2025:test");
    }
}
