package jp.sekisho.checkpoint.customer;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PseudonymsTest {

    private final Pseudonyms pseudonyms = new Pseudonyms(new byte[32]);

    @Test
    void a_name_means_the_same_however_it_is_typed() {
        assertThat(pseudonyms.ofName("  ＨＡＮＡＫＯ ")).isEqualTo(pseudonyms.ofName("hanako"));
        assertThat(pseudonyms.ofName("x".repeat(100_000))).isEqualTo(pseudonyms.ofName("x".repeat(255)));
    }

    @Property
    void what_is_looked_up_and_what_is_counted_are_one_name(@ForAll String text) {
        assertThat(pseudonyms.ofName(Pseudonyms.asMeant(text))).isEqualTo(pseudonyms.ofName(text));
    }

    @Property
    void kinds_never_meet_and_other_keys_give_others(@ForAll String text) {
        assertThat(pseudonyms.ofUser(text))
                .hasSize(64)
                .isNotEqualTo(pseudonyms.ofName(text))
                .isNotEqualTo(pseudonyms.ofSource(text))
                .isNotEqualTo(new Pseudonyms(new byte[] {1}).ofUser(text))
                .isEqualTo(pseudonyms.ofUser(text));
    }
}
