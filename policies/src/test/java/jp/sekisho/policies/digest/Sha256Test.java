package jp.sekisho.policies.digest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Sha256Test {

    /** The first is an example of FIPS 180-4, the second is not ASCII: coreutils' sha256sum says the same. */
    @ParameterizedTest
    @CsvSource({
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "関所, a5787958b1868bac7d451b10d86bb21938d34c6dd74dfda8a0a394d30cc15c61",
    })
    void isTheStandardsOverUtf8(String text, String hex) {
        assertThat(Sha256.hex(text)).isEqualTo(hex);
    }
}
