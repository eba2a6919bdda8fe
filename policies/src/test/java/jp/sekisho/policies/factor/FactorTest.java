package jp.sekisho.policies.factor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FactorTest {

    // JP25-3
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PASSKEY", "CERTIFICATE"})
    void nothingButAPasskeyOrACertificateIsPhishingResistant(Factor factor) {
        assertThat(factor.factorClass().satisfies(FactorClass.PHISHING_RESISTANT))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"PASSKEY", "CERTIFICATE"})
    void aPasskeyAndACertificateAre(Factor factor) {
        assertThat(factor.factorClass().satisfies(FactorClass.PHISHING_RESISTANT))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"KNOWLEDGE,OTP,false", "OTP,OTP,true", "PHISHING_RESISTANT,OTP,true", "OTP,KNOWLEDGE,true"})
    void aStrongerClassSatisfiesAWeakerOne(FactorClass shown, FactorClass required, boolean satisfied) {
        assertThat(shown.satisfies(required)).isEqualTo(satisfied);
    }

    // JP25-3
    @Test
    void aTradingPasswordIsKnowledgeWhateverItIsCalled() {
        assertThat(Factor.TRADING_PASSWORD.factorClass()).isEqualTo(FactorClass.KNOWLEDGE);
        assertThat(Factor.TRADING_PASSWORD.factorClass().satisfies(FactorClass.OTP))
                .isFalse();
        assertThat(Factor.TRADING_PASSWORD.factorClass().satisfies(FactorClass.PHISHING_RESISTANT))
                .isFalse();
        assertThat(Factor.TRADING_PASSWORD.amr()).isEqualTo(Factor.PASSWORD.amr());
    }

    @Test
    void theOneThatIsAskedIsTheStrongestThatTheCustomerHas() {
        assertThat(Factor.PASSKEY).isGreaterThan(Factor.TOTP);
        assertThat(Factor.TOTP).isGreaterThan(Factor.MAIL_CODE);
    }
}
