package jp.sekisho.policies.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RiskPolicyTest {

    @Test
    void absurd_values_are_refused_by_name() {
        assertThatThrownBy(() -> new RiskPolicy.Mixture(0.6, 0.3, 0.2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mixture must add up to 1");
        assertThatThrownBy(() -> new RiskPolicy.Mixture(Double.NaN, 0.3, 0.1)).hasMessageContaining("mixture.stranger");
        assertThatThrownBy(() -> new RiskPolicy.Cuts(3, 2)).hasMessageContaining("cuts.high");
        assertThatThrownBy(() -> new RiskPolicy.Bounds(1, 2)).hasMessageContaining("bounds.least");
        assertThatThrownBy(() -> new RiskPolicy.LearningRules(Duration.ofHours(-1), Duration.ZERO, 0))
                .hasMessageContaining("learning.after");
        assertThatThrownBy(() -> new RiskPolicy.Tokens(0.02, 0.8, 2, 0.01, 0.99))
                .hasMessageContaining("tokens.leastReturn");
        assertThatThrownBy(() -> new RiskPolicy.Fit(0, 0, true)).hasMessageContaining("fit.a");
    }

    @Test
    void the_standard_is_not_calibrated() {
        assertThat(RiskPolicy.standard().fit().calibrated()).isFalse();
    }
}
