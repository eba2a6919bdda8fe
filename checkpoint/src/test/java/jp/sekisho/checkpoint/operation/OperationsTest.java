package jp.sekisho.checkpoint.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.risk.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

// FFAJ-3-S2
class OperationsTest {

    private static final Optional<Cause> REVIEW = Optional.of(Cause.PAYEE_REVIEW);
    private static final List<String> SHARED = List.of(Reason.NEW_PAYEE.code(), Reason.SHARED_PAYEE.code());

    @ParameterizedTest
    @EnumSource(names = {"ALLOWED", "STEP_UP", "HELD"})
    void whereItIsDoubtfulWhoseAccountItIsSomebodyLooks(State state) {
        assertThat(Operations.doubtful(Rows.decided(state, REVIEW, List.of()))).isTrue();
        assertThat(Operations.doubtful(Rows.decided(state, Optional.empty(), SHARED)))
                .isTrue();
        assertThat(Operations.doubtful(
                        Rows.decided(state, Optional.of(Cause.PAYEE_WAIT), List.of(Reason.NEW_PAYEE.code()))))
                .isFalse();
    }

    /** Else who has himself denied alerts the desk as often as he asks. */
    @Test
    void ofWhatIsDeniedNobodyIsAlerted() {
        assertThat(Operations.doubtful(Rows.decided(State.DENIED, Optional.of(Cause.OWN_LIMIT), SHARED)))
                .isFalse();
    }
}
