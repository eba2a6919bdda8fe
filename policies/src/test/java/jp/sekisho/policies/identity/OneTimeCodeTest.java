package jp.sekisho.policies.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class OneTimeCodeTest {

    @Property
    void isReadAsItIsPrintedAndAsPeopleTypeIt(@ForAll long seed) {
        OneTimeCode code = OneTimeCode.make(new Random(seed));

        assertThat(code.printed()).matches("[2-9A-HJ-NP-Y]{4}(-[2-9A-HJ-NP-Y]{4}){2}");
        assertThat(OneTimeCode.typed(code.printed())).contains(code);
        assertThat(OneTimeCode.typed(" " + code.text().toLowerCase(Locale.ROOT) + "\n"))
                .contains(code);
        assertThat(OneTimeCode.typed(code.printed().replace('-', 'ー'))).contains(code);
        assertThat(OneTimeCode.typed(fullWidth(code.text()))).contains(code);
    }

    @Property
    void anythingElseIsNoCode(@ForAll String typed) {
        OneTimeCode.typed(typed).ifPresent(code -> assertThat(code.text()).hasSize(12));
    }

    @Example
    void itIsNotToldByAccident() {
        OneTimeCode code = OneTimeCode.make(new Random(1));
        assertThat(code.toString()).doesNotContain(code.text());
    }

    @Example
    void differentFromCallToCall() {
        Random random = new Random(7);
        assertThat(OneTimeCode.make(random)).isNotEqualTo(OneTimeCode.make(random));
        assertThat(OneTimeCode.typed("")).isEmpty();
        assertThat(OneTimeCode.typed(null)).isEmpty();
        assertThat(OneTimeCode.typed("O0I1-O0I1-O0I1")).isEmpty();
    }

    private static String fullWidth(String text) {
        return text.chars()
                .map(character -> character + 0xFEE0)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
