package jp.sekisho.policies.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import jp.sekisho.policies.operation.Payee;
import jp.sekisho.policies.operation.Payee.AccountType;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskingTest {

    @ParameterizedTest
    @CsvSource({
        "taro.yamada, t***",
        "taro@example.jp, t***@e***",
        "ta, ***",
        "山田太郎, 山***",
        "𠮷田花子, 𠮷***",
        "a@bc, ***@***",
        "@example, ***@e***"
    })
    void names(String name, String masked) {
        assertThat(Masking.name(name)).isEqualTo(masked);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.***.***",
        "2001:db8:1:2::7, 2001:db8:***",
        "::1, ***",
        "fe80::1, ***",
        "garbage, ***",
        "'', ***"
    })
    void addresses(String address, String masked) {
        assertThat(Masking.address(address)).isEqualTo(masked);
    }

    /** Whatever a page was made to call the bank, it says where the money goes. */
    // FFAJ-1.3-B2, FFAJ-1.4-S4
    @ParameterizedTest
    @CsvSource({
        "みほん銀行, 本店, みほん銀行(0009) 本店(123) ****567",
        "みほん銀行,, みほん銀行(0009) 123 ****567",
        ", 本店, 0009 本店(123) ****567",
        ",, 0009 123 ****567"
    })
    void anAccountIsNamedByTheCodesOfItsBankAndBranch(String bank, String branch, String masked) {
        Payee payee = new Payee(
                "0009",
                "123",
                AccountType.ORDINARY,
                "1234567",
                "スズキ ハナコ",
                Optional.ofNullable(bank),
                Optional.ofNullable(branch));
        assertThat(Masking.payee(payee)).isEqualTo(masked);
    }

    @Property
    void noNameOfThreeOrMoreIsToldInFull(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 3, max = 60) String name) {
        assertThat(Masking.name(name)).doesNotContain(name).doesNotContain(name.substring(1));
    }
}
