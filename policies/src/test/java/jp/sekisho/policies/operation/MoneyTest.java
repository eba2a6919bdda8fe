package jp.sekisho.policies.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {

    @Property
    void keepsEveryDigit(@ForAll @LongRange(min = 0, max = 999_999_999_999_999_999L) long yen) {
        assertThat(Money.of(Long.toString(yen), "JPY").value().toPlainString()).isEqualTo(Long.toString(yen));
    }

    @ParameterizedTest
    @CsvSource({
        "-1,JPY",
        "1e3,JPY",
        "01,JPY",
        "1.5,JPY",
        "1.234,USD",
        "NaN,JPY",
        "'',JPY",
        "１２,JPY",
        "1,YEN",
        "1,jpy",
        "1234567890123456789,JPY",
        "+1,JPY",
        "1 2,JPY",
        "1.,USD"
    })
    void refusesWhatIsNoAmount(String value, String currency) {
        assertThatIllegalArgumentException().isThrownBy(() -> Money.of(value, currency));
    }
}
