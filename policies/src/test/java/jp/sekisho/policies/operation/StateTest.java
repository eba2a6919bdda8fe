package jp.sekisho.policies.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import jp.sekisho.policies.operation.State.Move;
import org.junit.jupiter.api.Test;

class StateTest {

    @Test
    void executesOnlyWhatWasRedeemedAndRedeemsOnlyWhatWasAllowedOrConfirmed() {
        assertThat(before(Move.EXECUTE))
                .as("or what was, whatever was said of it since")
                .containsExactlyInAnyOrder(State.REDEEMED, State.REJECTED, State.CANCELLED);
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
                .isEqualTo(before(Move.CANCEL))
                .containsExactlyInAnyOrder(State.ALLOWED, State.STEP_UP, State.HELD, State.CONFIRMED);
        assertThat(before(Move.ABANDON)).as("by its app alone").containsExactly(State.REDEEMED);
    }

    @Test
    void nothingComesAfterAnEndButThatItWasDoneAllTheSame() {
        for (State end : List.of(State.DENIED, State.EXECUTED, State.EXPIRED, State.VOIDED)) {
            assertThat(moves(end)).as(end.name()).isEmpty();
        }
        for (State end : List.of(State.REJECTED, State.CANCELLED)) {
            assertThat(moves(end)).as(end.name()).containsExactly(Move.EXECUTE);
        }
    }

    private static Set<Move> moves(State state) {
        return Arrays.stream(Move.values())
                .filter(move -> state.after(move).isPresent())
                .collect(Collectors.toSet());
    }

    private static Set<State> before(Move move) {
        return Arrays.stream(State.values())
                .filter(state -> state.after(move).isPresent())
                .collect(Collectors.toSet());
    }
}
