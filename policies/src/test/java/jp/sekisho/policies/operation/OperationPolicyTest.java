package jp.sekisho.policies.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import jp.sekisho.policies.factor.Factor;
import org.junit.jupiter.api.Test;

// FFAJ-1.4-S1, FFAJ-1.4-S2, JP25-3, JP25-10
class OperationPolicyTest {

    @Test
    void aPasskeyConfirmsAloneAndWhateverIsLessComesWithTheTradingPassword() {
        OperationPolicy policy = policy(TradingPasswordUse.WITHOUT_PASSKEY, Map.of());
        assertThat(policy.confirmedBy(Factor.PASSKEY)).containsExactly(Factor.PASSKEY);
        for (Factor less : new Factor[] {Factor.TOTP, Factor.MAIL_CODE}) {
            assertThat(policy.confirmedBy(less)).containsExactlyInAnyOrder(Factor.TRADING_PASSWORD, less);
        }
    }

    @Test
    void aRealmMayAskForTheTradingPasswordAsWell() {
        OperationPolicy policy = policy(TradingPasswordUse.ALWAYS, Map.of());
        assertThat(policy.confirmedBy(Factor.PASSKEY))
                .containsExactlyInAnyOrder(Factor.TRADING_PASSWORD, Factor.PASSKEY);
    }

    @Test
    void whatIsNotNamedIsEnforced() {
        OperationPolicy policy =
                policy(TradingPasswordUse.WITHOUT_PASSKEY, Map.of(Operation.TRADE, Enforcement.MONITOR));
        assertThat(policy.monitored(Operation.TRADE)).isTrue();
        assertThat(policy.monitored(Operation.WITHDRAWAL)).isFalse();
    }

    @Test
    void aLoginHasNoModeOfItsOwn() {
        assertThatThrownBy(() -> policy(TradingPasswordUse.ALWAYS, Map.of(Operation.LOGIN, Enforcement.MONITOR)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("operations.mode.LOGIN");
    }

    private static OperationPolicy policy(TradingPasswordUse use, Map<Operation, Enforcement> mode) {
        return new OperationPolicy(
                Duration.ofMinutes(10),
                Duration.ofHours(72),
                Duration.ofHours(8),
                Duration.ofHours(24),
                LocalDate.EPOCH,
                Duration.ofDays(400),
                6000,
                120,
                3000,
                20,
                use,
                mode);
    }
}
