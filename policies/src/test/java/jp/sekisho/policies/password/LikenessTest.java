package jp.sekisho.policies.password;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {

    private static final String LOGIN = "Kiba-Umi7-Sora";

    // FFAJ-1.4-S1
    @ParameterizedTest
    @CsvSource({
        "Kiba-Umi7-Sora",
        "kiba-umi7-sora",
        "KibaUmi7Sora",
        "Kiba-Umi7-Sora2",
        "Kiba-Umi8-Sora",
        "2026Kiba-Umi7-Sora!",
        "Ｋｉｂａ-Ｕｍｉ７-Ｓｏｒａ",
        "K1ba-Um17-50ra",
        "aroS-7imU-abiK",
        "Kiba-Umi7-Yama"
    })
    void who_knows_the_one_as_good_as_knows_the_other(String trading) {
        assertThat(Likeness.between(trading, LOGIN)).isTrue();
        assertThat(Likeness.between(LOGIN, trading)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"Hoshi+Tetsu4Kumo", "Yama/Kawa9Mori", "!!!!????!!!!"})
    void another_one_is_another_one(String trading) {
        assertThat(Likeness.between(trading, LOGIN)).isFalse();
        assertThat(Likeness.between(LOGIN, trading)).isFalse();
    }

    @ParameterizedTest
    @CsvSource("!!??!!??, ++--++--")
    void signs_alone_are_not_alike_for_having_no_letters(String one, String other) {
        assertThat(Likeness.between(one, other)).isFalse();
    }

    @Property
    void whatever_is_hung_on_it_is_the_same(
            @ForAll @StringLength(min = 8, max = 20) @CharRange(from = 'a', to = 'z') String password,
            @ForAll @StringLength(max = 6) @CharRange(from = '!', to = '~') String hungOn) {
        assertThat(Likeness.between(password + hungOn, password)).isTrue();
        assertThat(Likeness.between(password, hungOn + password)).isTrue();
    }
}
