package jp.sekisho.checkpoint.operation;

import static org.assertj.core.api.Assertions.assertThat;

import jp.sekisho.storage.payee.StoredPayee;
import jp.sekisho.storage.payee.StoredPayee.State;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

// FFAJ-1.4-S3
class AftermathTest {

    /** The app may tell of it when the customer has taken the account off, or had it taken off. */
    @ParameterizedTest
    @CsvSource({"PENDING, true", "KNOWN, false", "REMOVED, false"})
    void aWithdrawalMakesKnownWhatIsThere(State before, boolean renews) {
        assertThat(Aftermath.renews(payee(before), State.KNOWN)).isEqualTo(renews);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsRegisteredBeginsItsWait(State before) {
        assertThat(Aftermath.renews(payee(before), State.PENDING)).isTrue();
    }

    private static StoredPayee payee(State state) {
        return new StoredPayee(
                "id", "pseudonym", "alice", "h".repeat(64), "key:sealed", state, "operation", Rows.AT, Rows.AT);
    }
}
