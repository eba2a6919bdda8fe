package jp.sekisho.policies.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

// JP25-1
class PasskeyRuleTest {

    private static final PasskeyFacts SYNCED = passkey("a", true);
    private static final PasskeyFacts BOUND = passkey("b", false);

    private static PasskeyFacts passkey(String credential, boolean backupEligible) {
        return new PasskeyFacts(
                credential,
                "00000000-0000-0000-0000-000000000000",
                true,
                backupEligible,
                false,
                "https://id.firm.example");
    }

    @Test
    void anyDoes() {
        assertThat(PasskeyRule.ANY.satisfiedBy(List.of(SYNCED))).isTrue();
    }

    @Test
    void aDeviceBoundOneIsNoneThatMayBeCopied() {
        assertThat(PasskeyRule.DEVICE_BOUND.satisfiedBy(List.of(SYNCED))).isFalse();
        assertThat(PasskeyRule.DEVICE_BOUND.satisfiedBy(List.of(SYNCED, BOUND))).isTrue();
    }

    @Test
    void theSameOneTwiceIsNoSecond() {
        assertThat(PasskeyRule.SECOND.satisfiedBy(List.of(SYNCED, SYNCED))).isFalse();
        assertThat(PasskeyRule.SECOND.satisfiedBy(List.of(SYNCED, BOUND))).isTrue();
    }
}
