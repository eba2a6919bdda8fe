package jp.sekisho.authenticators.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import jp.sekisho.policies.factor.Factor;
import org.junit.jupiter.api.Test;

class LoaTest {

    // JP25-3
    @Test
    void aSecondPasswordIsNoSecondFactor() {
        assertThat(Loa.of(Set.of(Factor.PASSWORD, Factor.TRADING_PASSWORD))).isEqualTo(Loa.PASSWORD);
        assertThat(Loa.of(Set.of(Factor.TRADING_PASSWORD))).isEqualTo(Loa.PASSWORD);
        assertThat(Loa.of(Set.of(Factor.TRADING_PASSWORD, Factor.TOTP))).isEqualTo(Loa.MFA);
        assertThat(Loa.of(Set.of(Factor.TRADING_PASSWORD, Factor.PASSKEY))).isEqualTo(Loa.PHISHING_RESISTANT);
    }
}
