package jp.sekisho.checkpoint.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import org.junit.jupiter.api.Test;

class CarriedTest {

    @Test
    void whatIsCarriedComesBackAsItWas() {
        for (List<String> reasons : List.of(List.<String>of(), List.of("new-device", "little-history"))) {
            for (boolean yes : new boolean[] {true, false}) {
                Carried carried = new Carried(
                        "7d1a",
                        "be382450-6ac2-49ab-b1ec-7563e03d4fef",
                        yes,
                        Operation.LOGIN,
                        Outcome.STEP_UP,
                        Requirement.PHISHING_RESISTANT,
                        !yes,
                        Level.HIGH,
                        "-3.74",
                        reasons,
                        "jp-2025:02bf724b015d");
                assertThat(Carried.ofNote(carried.toNote())).isEqualTo(carried);
            }
        }
    }

    @Test
    void whatIsNoNoteOfOursIsRefused() {
        assertThatIllegalStateException().isThrownBy(() -> Carried.ofNote("{}"));
    }
}
