package jp.sekisho.policies.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import jp.sekisho.policies.risk.freeman.FreemanScore;
import jp.sekisho.policies.risk.freeman.FreemanScore.Counts;
import org.junit.jupiter.api.Test;

class FreemanScoreTest {

    private static final Counts NEW_ADDRESS = new Counts(new double[] {0, 0, 0}, new double[] {0, 5, 500});
    private static final Counts USUAL_ADDRESS = new Counts(new double[] {9, 9, 9}, new double[] {9, 50, 500});
    private static final Counts USUAL_AGENT = new Counts(new double[] {9, 9, 9, 9}, new double[] {20, 200, 300, 600});

    @Test
    void the_usual_scores_below_the_new() {
        assertThat(FreemanScore.of(USUAL_ADDRESS, USUAL_AGENT, 9, 1000, 100))
                .isLessThan(FreemanScore.of(NEW_ADDRESS, USUAL_AGENT, 9, 1000, 100));
    }

    @Test
    void a_first_login_is_judged_by_the_account_alone() {
        Counts address = new Counts(new double[3], new double[] {1, 2, 3});
        Counts agent = new Counts(new double[4], new double[] {1, 2, 3, 4});
        // p(x)/p(x|u) is 1; 1/100 over 1/1100.
        assertThat(FreemanScore.of(address, agent, 0, 1000, 100)).isCloseTo(Math.log(11), within(1e-9));
    }
}
