package jp.sekisho.policies.mynumber;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.sekisho.policies.digest.Sha256;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class IndividualNumberTest {

    @Provide
    Arbitrary<String> numbers() {
        return Arbitraries.integers()
                .between(0, 9)
                .array(int[].class)
                .ofSize(11)
                .map(IndividualNumberTest::number);
    }

    private static String number(int... eleven) {
        return Arrays.stream(eleven).mapToObj(Integer::toString).collect(Collectors.joining())
                + IndividualNumber.checkDigit(eleven);
    }

    /** Worked through by hand: weights 6 5 4 3 2 7 6 5 4 3 2 from the left. */
    @Example
    void theCheckDigitIsTheOrdinances() {
        // 6+10+12+12+10+42+42+40+36+0+2 = 212 = 19 * 11 + 3
        assertThat(IndividualNumber.checkDigit(1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1)).isEqualTo(8);
        assertThat(IndividualNumber.in("123456789018")).isTrue();
        // Remainder 0, and remainder 1: both are 0.
        assertThat(IndividualNumber.checkDigit(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).isZero();
        assertThat(IndividualNumber.checkDigit(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6)).isZero();
        assertThat(IndividualNumber.checkDigit(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)).isEqualTo(9);
    }

    @Property
    void isFoundAsPeopleTypeIt(@ForAll("numbers") String number) {
        assertThat(IndividualNumber.in(number)).isTrue();
        assertThat(IndividualNumber.in(grouped(number, " "))).isTrue();
        assertThat(IndividualNumber.in(grouped(number, "-"))).isTrue();
        assertThat(IndividualNumber.in(grouped(number, "－"))).isTrue();
        assertThat(IndividualNumber.in(grouped(number, "ー"))).isTrue();
        assertThat(IndividualNumber.in(grouped(number, "　"))).isTrue();
        assertThat(IndividualNumber.in(number.replaceAll("(.)(?!$)", "$1 "))).isTrue();
        assertThat(IndividualNumber.in(
                        number.substring(0, 4) + " " + number.substring(4, 8) + "-" + number.substring(8)))
                .isTrue();
        assertThat(IndividualNumber.in(fullWidth(grouped(number, "-")))).isTrue();
        assertThat(IndividualNumber.in(number.substring(0, 6) + "\u200B" + number.substring(6)))
                .as("what nobody sees parts nothing")
                .isTrue();
        assertThat(IndividualNumber.in("お客さまの番号は" + number + "です。")).isTrue();
        assertThat(IndividualNumber.in("口座 1234567 番号 " + grouped(number, " "))).isTrue();
        assertThat(IndividualNumber.in("MN" + number)).isTrue();
    }

    /** Half as many signs as digits. */
    @Example
    void isFoundInSignsThatStandForTwoDigits() {
        String number = number(1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
        assertThat(IndividualNumber.in("⑩⑩⑩⑩⑩" + (char) ('⑩' + number.charAt(11) - '0')))
                .isTrue();
    }

    @Property
    void anotherCheckDigitIsAnotherNumber(
            @ForAll("numbers") String number, @ForAll @IntRange(min = 1, max = 9) int by) {
        int last = (number.charAt(11) - '0' + by) % 10;
        assertThat(IndividualNumber.in(number.substring(0, 11) + last)).isFalse();
    }

    @Property
    void aLongerOrShorterNumberIsNone(@ForAll("numbers") String number) {
        assertThat(IndividualNumber.in(number + "7")).isFalse();
        assertThat(IndividualNumber.in("7" + number)).isFalse();
        assertThat(IndividualNumber.in(number.substring(1))).isFalse();
        assertThat(IndividualNumber.in(number.substring(0, 6) + "円と" + number.substring(6)))
                .isFalse();
        assertThat(IndividualNumber.in(number.substring(0, 6) + "    " + number.substring(6)))
                .isFalse();
    }

    @Property
    void whatMachinesMakeIsNone(@ForAll long seed) {
        Random random = new Random(seed);
        assertThat(IndividualNumber.in(Sha256.hex(Long.toString(seed)))).isFalse();
        assertThat(IndividualNumber.in(new UUID(random.nextLong(), random.nextLong()).toString()))
                .isFalse();
        assertThat(IndividualNumber.in("00000000-0000-0000-0000-000000000000")).isFalse();
    }

    @Example
    void datesTimesAndTelephoneNumbersAreNone() {
        for (int minute = 0; minute < 60; minute++) {
            assertThat(IndividualNumber.in("2026-11-25 10:%02d 受付".formatted(minute)))
                    .isFalse();
            assertThat(IndividualNumber.in("03-1234-56%02d 03 へ架電".formatted(minute)))
                    .isFalse();
        }
        assertThat(IndividualNumber.in("ticket 4711")).isFalse();
        assertThat(IndividualNumber.in("1000-0001")).isFalse();
        assertThat(IndividualNumber.in("")).isFalse();
        assertThat(IndividualNumber.in(null)).isFalse();
    }

    @Property
    void neverFails(@ForAll String text) {
        boolean found = IndividualNumber.in(text);
        assertThat(found && text.length() < 12 && text.codePoints().noneMatch(Character::isDigit))
                .isFalse();
    }

    private static String grouped(String number, String separator) {
        return number.substring(0, 4) + separator + number.substring(4, 8) + separator + number.substring(8);
    }

    private static String fullWidth(String text) {
        return text.chars()
                .map(character -> character + 0xFEE0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
