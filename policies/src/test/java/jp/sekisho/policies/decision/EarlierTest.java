package jp.sekisho.policies.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.anomaly.Likeness;
import jp.sekisho.policies.limit.Limits.Say;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Risk;
import jp.sekisho.policies.risk.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

// FFAJ-3-S2
class EarlierTest {

    @Test
    void lessIsNeverAskedThanBefore() {
        for (Requirement before : Requirement.values()) {
            for (Requirement now : Requirement.values()) {
                assertThat(new Earlier(Level.LOW, before).or(now))
                        .isGreaterThanOrEqualTo(before)
                        .isGreaterThanOrEqualTo(now);
            }
        }
        for (Level before : Level.values()) {
            for (Level now : Level.values()) {
                assertThat(new Earlier(before, Requirement.NOTHING).or(now))
                        .isGreaterThanOrEqualTo(before)
                        .isGreaterThanOrEqualTo(now);
            }
        }
    }

    @Test
    void whatNobodyDecidedBeforeIsAsItIs() {
        assertThat(Earlier.NOTHING.or(Level.LOW)).isEqualTo(Level.LOW);
        assertThat(Earlier.NOTHING.or(Requirement.NOTHING)).isEqualTo(Requirement.NOTHING);
    }

    /** A withdrawal that waited, whose session is over by now: nothing speaks against it any more. */
    @ParameterizedTest
    @EnumSource(
            value = Requirement.class,
            names = {"STRONGEST_FACTOR", "PHISHING_RESISTANT"})
    void whatIsDecidedAgainAsksForWhatItAskedFor(Requirement before) {
        Earlier earlier = new Earlier(Level.HIGH, before);
        Ruling again = Ruling.of(new Circumstances(
                Operation.WITHDRAWAL,
                false,
                false,
                false,
                false,
                Optional.empty(),
                new Destination.Usable(),
                earlier.or(Level.LOW),
                Likeness.USUAL,
                false,
                Say.NOTHING,
                earlier.or(Requirement.NOTHING)));
        assertThat(again.outcome()).isEqualTo(Outcome.STEP_UP);
        assertThat(again.requirement()).isEqualTo(before);
    }

    @Test
    void aRiskStaysAsHighAsItWasAndSaysWhyItIsAsItIs() {
        Signal signal = new Signal(Reason.NEW_PAYEE, Signal.Block.PAYEE, 1);
        Risk risk = new Risk(1, 0.5, true, Level.MEDIUM, List.of(signal), List.of("session"));
        assertThat(risk.at(Level.HIGH))
                .isEqualTo(new Risk(1, 0.5, true, Level.HIGH, List.of(signal), List.of("session")));
        assertThat(risk.at(Level.MEDIUM)).isEqualTo(risk);
    }
}
