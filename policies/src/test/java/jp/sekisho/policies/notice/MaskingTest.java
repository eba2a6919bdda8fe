package jp.sekisho.policies.notice;

import static org.assertj.core.api.Assertions.assertThat;

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

    @Property
    void noNameOfThreeOrMoreIsToldInFull(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 3, max = 60) String name) {
        assertThat(Masking.name(name)).doesNotContain(name).doesNotContain(name.substring(1));
    }
}
