package jp.sekisho.policies.risk;

import static org.assertj.core.api.Assertions.assertThat;

import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.UserAgent;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ChainTest {

    @Property
    void any_text_makes_a_key_of_four_parts_that_fits(
            @ForAll String type, @ForAll String os, @ForAll String browser, @ForAll String version) {
        Chain chain = Chain.client(Field.of(new UserAgent(type, os, browser, version)));
        assertThat(chain.length()).isEqualTo(Chain.LEVELS);
        for (int level = 0; level < Chain.LEVELS; level++) {
            assertThat(chain.key(level).split("\\|", -1)).hasSize(level + 1);
            assertThat(chain.key(level).length()).isLessThanOrEqualTo(Statistic.MAX_KEY);
            assertThat(chain.key(level).chars()).noneMatch(c -> c < 0x20 || c >= 0xD800 && c <= 0xDFFF);
            assertThat(Chain.parentOf(chain.key(level))).isEqualTo(chain.parent(level));
            assertThat(Chain.isSkipped(chain.key(level))).isFalse();
        }
    }

    @Test
    void a_client_that_calls_itself_a_dash_is_not_skipped() {
        Chain chain = Chain.client(Field.of(new UserAgent("-", "-", "-", "-")));
        assertThat(chain.key(3)).isEqualTo("_|_|_|_");
        assertThat(Chain.client(Field.notCollected()).key(3)).isEqualTo("-|-|-|-");
        assertThat(Chain.client(Field.notCollected()).collected()).isFalse();
        assertThat(Chain.client(Field.withheld()).withheld()).isTrue();
    }
}
