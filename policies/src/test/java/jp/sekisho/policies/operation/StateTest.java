package jp.sekisho.policies.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import jp.sekisho.policies.operation.State.Move;
import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void executesOnlyWhatWasRedeemedAndRedeemsOnlyWhatWasAllowedOrConfirmed() {
        assertThat(before(Move.EXECUTE)).containsExactly(State.REDEEMED);
        assertThat(before(Move.REDEEM)).containsExactlyInAnyOrder(State.ALLOWED, State.CONFIRMED);
        assertThat(before(Move.CONFIRM)).containsExactly(State.STEP_UP);
    }

    @Test
    void whatIsHeldOrAllowedIsDecidedAgainAndWhatTheCustomerIsAskedIsNot() {
        for (Move move : Set.of(Move.ALLOW, Move.ASK, Move.HOLD, Move.DENY)) {
            assertThat(before(move)).containsExactlyInAnyOrder(State.PROPOSED, State.HELD, State.ALLOWED);
        }
    }

    @Test
    void whatIsNotRedeemedYetCanBeTakenBack() {
        assertThat(before(Move.VOID))
                .containsExactlyInAnyOrder(State.ALLOWED, State.STEP_UP, State.HELD, State.CONFIRMED);
    }

    @Test
    void nothingComesAfterAnEnd() {
        Set<State> ended = Arrays.stream(State.values()).filter(State::ended).collect(Collectors.toSet());
        assertThat(ended)
                .isEqualTo(EnumSet.of(
                        State.DENIED, State.EXECUTED, State.REJECTED, State.CANCELLED, State.EXPIRED, State.VOIDED));
    }

    private static Set<State> before(Move move) {
        return Arrays.stream(State.values())
                .filter(state -> state.after(move).isPresent())
                .collect(Collectors.toSet());
    }
}
