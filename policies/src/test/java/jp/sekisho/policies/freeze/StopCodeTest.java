package jp.sekisho.policies.freeze;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StopCodeTest {

    private static final byte[] HASH = {0, 0x44, 0x32, 0x14, (byte) 0xc7, 0x42, 0x54, (byte) 0xb6, 99};

    @Test
    void takesFiveBitsADigit() {
        assertThat(StopCode.of(HASH).value()).isEqualTo("0123456789AB");
        assertThat(StopCode.of(HASH).grouped()).isEqualTo("0123-4567-89AB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0123-4567-89AB",
                "0123456789ab",
                " ０１２３－４５６７ー８９ＡＢ ",
                "oi23 4567 89ab",
                "OL23-4567-89AB",
                "0123–4567—89AB"
            })
    void isReadAsAPersonTypesIt(String typed) {
        assertThat(StopCode.parse(typed)).contains(StopCode.of(HASH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0123-4567-89A", "0123-4567-89ABC", "0123-4567-89AU", "https://example.jp"})
    void whatIsNoneIsNone(String typed) {
        assertThat(StopCode.parse(typed)).isEmpty();
    }

    @Test
    void isNotPrinted() {
        assertThat(StopCode.of(HASH).toString()).doesNotContain("0123");
    }

    @Property
    void whatIsShownIsRead(@ForAll("hashes") byte[] hash) {
        StopCode code = StopCode.of(hash);
        assertThat(StopCode.parse(code.grouped())).contains(code);
        assertThat(code.hash()).hasSize(64).doesNotContain(code.value());
    }

    @Property
    void nothingTypedIsAnError(@ForAll String typed) {
        StopCode.parse(typed).ifPresent(code -> assertThat(code.value()).hasSize(12));
    }

    @Provide
    Arbitrary<byte[]> hashes() {
        return Arbitraries.bytes().array(byte[].class).ofSize(32);
    }
}
