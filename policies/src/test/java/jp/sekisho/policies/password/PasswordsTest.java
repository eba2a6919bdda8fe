package jp.sekisho.policies.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

// FFAJ-1.2-S1
class PasswordsTest {

    private static final PasswordPolicy FFAJ =
            new PasswordPolicy(RuleSet.FFAJ_2021, 12, 12, true, 0, List.of("関所証券", "Sekisho Trade"));
    private static final PasswordPolicy NIST = new PasswordPolicy(RuleSet.NIST_63B4, 15, 8, false, 10, List.of());
    private static final OwnData SHINICHI = new OwnData(
            List.of("shin1", "大野", "慎一郎", "オオノ", "しんいちろう", "Ken Abe"),
            Optional.of(LocalDate.of(1975, 4, 12)),
            List.of("+81 90-1234-8765"),
            List.of("river_boat@mail.example"),
            List.of("1000-0742", "普通 7654321"));

    private static Optional<Fault> fault(PasswordPolicy policy, String password) {
        return fault(policy, password, false);
    }

    private static Optional<Fault> fault(PasswordPolicy policy, String password, boolean mfa) {
        return new Passwords(
                        policy, List.of("sunshine")::contains, (looked, words) -> looked.contains("weak") ? 9.9 : 10)
                .refusal(password, SHINICHI, mfa)
                .map(Refusal::fault);
    }

    @ParameterizedTest
    @CsvSource({
        "Mizu-umi-29,          TOO_SHORT",
        "mizu-umi-2938,        NO_CAPITAL",
        "MIZU-UMI-2938,        NO_SMALL",
        "Mizu-umi-kaze,        NO_DIGIT",
        "Mizu-shinichiro-29,   OWN_NAME",
        "Mizu-sin'ititirou-29, ''",
        "Mizu-sinitirou-29,    OWN_NAME",
        "Mizu-5h1n1ch1r0-29,   OWN_NAME",
        "Mizu-orihcinihs-29,   OWN_NAME",
        "Mizu-ＯＮＯ-oh-no-29,     OWN_NAME",
        "Mizu-慎一郎-29-kaze,     OWN_NAME",
        "Mizu-シンイチロウ-29-a,    OWN_NAME",
        "Mizu-ohno-29-kaze,    OWN_NAME",
        "Mizu-abe-29-kaze,     OWN_NAME",
        "Mizu-Alphabet-29,     ''",
        "Mizu-19750412-kaze,   OWN_BIRTHDAY",
        "Mizu-75.4.12-kaze,    OWN_BIRTHDAY",
        "Mizu-0412-kaze,       OWN_BIRTHDAY",
        "Mizu-S50.4.12-kaze,   OWN_BIRTHDAY",
        "Mizu-昭和50年4月12日-k,   OWN_BIRTHDAY",
        "Mizu-500412-kaze,     OWN_BIRTHDAY",
        "Mizu-showa50-kaze,    OWN_BIRTHDAY",
        "Mizu-090-1234-8765,   OWN_PHONE",
        "Mizu-8765-kaze,       OWN_PHONE",
        "Mizu-RiverBoat-29,    OWN_ADDRESS",
        "Mizu-river-29-kaze,   OWN_ADDRESS",
        "Mizu-1000.0742-a,     OWN_NUMBER",
        "Mizu-関所証券-29-kaze,    FIRM_WORD",
        "Mizu-SEKISHO-trade-29, FIRM_WORD",
        "Mizu-kaaaaaze-29,     REPEAT",
        "Kaze29Kaze29,         REPEAT",
        "Mizu-kaze-2345-x,     RUN",
        "Mizu-kaze-9876-x,     RUN",
        "Mizu-abcd-kaze-29,    RUN",
        "Mizu-qwert-kaze-29,   KEYBOARD",
        "Mizu-1qaz-kaze-29,    KEYBOARD",
        "Mizu-\"#$%-kaze-29,   KEYBOARD",
        "Mizu-kl;:-kaze-29,    KEYBOARD",
        "Mizu-チトシハ-kaze-29,    KEYBOARD",
        "Sunshine2024!?,       BLOCKED",
        "5unSh1nE2024!?,       BLOCKED",
        "Mizu-umi-2938,        ''",
        "Liberty-Property-79,  ''"
    })
    void compositionAndWhatEveryProfileRefuses(String password, String expected) {
        assertThat(fault(FFAJ, password))
                .isEqualTo(expected.isEmpty() ? Optional.empty() : Optional.of(Fault.valueOf(expected)));
    }

    @ParameterizedTest
    @CsvSource({
        "mizu umi kaze,         TOO_SHORT",
        "mizu umi kaze to,      ''",
        "weak umi kaze to,      WEAK",
        "みずうみとかぜのおとがすき一番, ''",
        "mizu umi kaze ono,     OWN_NAME"
    })
    void lengthInsteadOfComposition(String password, String expected) {
        assertThat(fault(NIST, password))
                .isEqualTo(expected.isEmpty() ? Optional.empty() : Optional.of(Fault.valueOf(expected)));
    }

    @Test
    void eightCharactersSufficeWhereAnotherFactorIsAskedForToo() {
        assertThat(fault(NIST, "umi kaze", true)).isEmpty();
        assertThat(fault(NIST, "umi kaz", true)).contains(Fault.TOO_SHORT);
        assertThat(new Passwords(NIST, any -> false, (any, words) -> 99).refusal("umi", OwnData.NONE, false))
                .hasValueSatisfying(refusal -> assertThat(refusal.number()).hasValue(15));
    }

    @Test
    void whatIsTooLongIsNotLookedAt() {
        assertThat(fault(NIST, "x".repeat(100_000))).contains(Fault.TOO_LONG);
    }

    @ParameterizedTest
    @CsvSource({
        "オオノ, ono ohno oono",
        "シンジョウ, shinjo sinzyo shinjou shinjoh",
        "ホンマ, honma homma",
        "ハットリ, hattori",
        "エッチュウ, etchu ecchuu ettyu",
        "ジュンイチ, junichi zyuniti",
        "ユー, yu yuh",
        "チヅル, chizuru chiduru tizuru"
    })
    void namesAreSpeltInEveryCommonWay(String kana, String spellings) {
        assertThat(Kana.latin(kana)).contains(spellings.split(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"鈴木", "suzuki", "ッ", ""})
    void whatIsNoKanaHasNoSpellings(String name) {
        assertThat(Kana.latin(name)).isEmpty();
    }

    @Property
    void aNameIsFoundWhateverStandsAroundIt(
            @ForAll("kana") String name, @ForAll @IntRange(min = 0, max = 9) int figure) {
        String katakana = Spelling.folded(name);
        OwnData own = new OwnData(List.of(name), Optional.empty(), List.of(), List.of(), List.of());
        assertThat(own.within("Q" + figure + name + "Z")).contains(Fault.OWN_NAME);
        assertThat(own.within("Q" + figure + katakana + "Z")).contains(Fault.OWN_NAME);
        for (String spelt : Kana.latin(katakana)) {
            if (spelt.length() >= 4) {
                assertThat(own.within("Q" + figure + spelt.toUpperCase(java.util.Locale.ROOT) + "Z"))
                        .contains(Fault.OWN_NAME);
            }
        }
    }

    @Provide
    Arbitrary<String> kana() {
        return Arbitraries.of("あ", "か", "し", "ち", "つ", "ふ", "じ", "ん", "きゃ", "しょう", "っぱ", "まー")
                .list()
                .ofMinSize(2)
                .ofMaxSize(5)
                .map(parts -> String.join("", parts));
    }

    @Property
    void aBirthdayIsFoundInEveryNotation(@ForAll @IntRange(min = -20000, max = 20000) int day) {
        LocalDate birthday = LocalDate.ofEpochDay(day);
        OwnData own = new OwnData(List.of(), Optional.of(birthday), List.of(), List.of(), List.of());
        for (String pattern : List.of("yyyy/MM/dd", "yyyyMMdd", "yyMMdd", "MM-dd")) {
            assertThat(own.within("x" + birthday.format(DateTimeFormatter.ofPattern(pattern)) + "x"))
                    .contains(Fault.OWN_BIRTHDAY);
        }
        String era = java.time.chrono.JapaneseDate.from(birthday)
                .format(DateTimeFormatter.ofPattern("Gy年M月d日", java.util.Locale.JAPAN));
        assertThat(own.within("x" + era)).contains(Fault.OWN_BIRTHDAY);
    }

    @Property
    void nothingThatIsTypedBreaksIt(@ForAll @StringLength(max = 140) String password) {
        assertThat(fault(FFAJ, password)).isNotNull();
        assertThat(fault(NIST, password, true)).isNotNull();
    }

    @Property
    void aRunIsFoundWherever(
            @ForAll @IntRange(min = 0, max = 6) int from, @ForAll @StringLength(max = 8) String before) {
        assertThat(Walks.runs(before + "0123456789".substring(from, from + 4))).isTrue();
        assertThat(Walks.runs(new StringBuilder("0123456789".substring(from, from + 4)).reverse() + before))
                .isTrue();
    }

    @Test
    void absurdRulesAreRefused() {
        assertThatThrownBy(() -> new PasswordPolicy(RuleSet.NIST_63B4, 7, 7, true, 0, List.of()))
                .hasMessageContaining("length-with-mfa");
        assertThatThrownBy(() -> new PasswordPolicy(RuleSet.NIST_63B4, 10, 12, true, 0, List.of()))
                .hasMessageContaining("length");
        assertThatThrownBy(() -> new PasswordPolicy(RuleSet.NIST_63B4, 65, 8, true, 0, List.of()))
                .hasMessageContaining("length");
        assertThatThrownBy(() -> new PasswordPolicy(RuleSet.NIST_63B4, 15, 8, true, 21, List.of()))
                .hasMessageContaining("strength");
        assertThatThrownBy(() -> new PasswordPolicy(RuleSet.NIST_63B4, 15, 8, true, 0, List.of("a-b")))
                .hasMessageContaining("words");
    }
}
