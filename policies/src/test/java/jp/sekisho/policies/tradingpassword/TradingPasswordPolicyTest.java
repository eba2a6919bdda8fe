package jp.sekisho.policies.tradingpassword;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import jp.sekisho.policies.password.PasswordPolicy;
import jp.sekisho.policies.password.RuleSet;
import org.junit.jupiter.api.Test;

class TradingPasswordPolicyTest {

    @Test
    void it_has_numbers_of_its_own_and_the_firms_words_of_the_login() {
        PasswordPolicy login = new PasswordPolicy(RuleSet.NIST_63B4, 15, 8, false, 10, List.of("Sekisho"));
        PasswordPolicy trading = new TradingPasswordPolicy(12, true, 3).beside(login);
        assertThat(trading.length()).isEqualTo(12);
        assertThat(trading.lengthWithMfa()).isEqualTo(12);
        assertThat(trading.composition()).isTrue();
        assertThat(trading.strength()).isEqualTo(3);
        assertThat(trading.words()).containsExactly("Sekisho");
    }

    @Test
    void absurd_numbers_are_refused_by_name() {
        assertThatThrownBy(() -> new TradingPasswordPolicy(4, true, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trading-password.length");
        assertThatThrownBy(() -> new TradingPasswordPolicy(65, true, 0))
                .hasMessageContaining("trading-password.length");
        assertThatThrownBy(() -> new TradingPasswordPolicy(12, true, 21))
                .hasMessageContaining("trading-password.strength");
        assertThatThrownBy(() -> new TradingPasswordPolicy(12, true, -1))
                .hasMessageContaining("trading-password.strength");
    }
}
