package jp.sekisho.checkpoint.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import jp.sekisho.policies.operation.Details;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

// FFAJ-1.4-S3
class HolderCheckTest {

    private static final List<String> HANAKO = List.of("スズキ ハナコ", "鈴木 花子");

    @ParameterizedTest
    @ValueSource(strings = {"スズキ ハナコ", "ｽｽﾞｷ ﾊﾅｺ", "ハナコ　スズキ", "スズキハナコ"})
    void aNameIsItsOwnHoweverABankWritesIt(String holder) {
        assertThat(HolderCheck.own(HANAKO, payee(holder))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"タナカ タロウ", "スズキ ハナ", "スズキ", "SUZUKI HANAKO"})
    void anotherNameIsNot(String holder) {
        assertThat(HolderCheck.own(HANAKO, payee(holder))).isFalse();
    }

    @Test
    void ofWhomNoNameIsKnownNobodySaysThatItIsHis() {
        assertThat(HolderCheck.own(List.of(), payee("スズキ ハナコ"))).isFalse();
        assertThat(HolderCheck.own(List.of("鈴木 花子"), payee("スズキ ハナコ"))).isFalse();
    }

    private static Details payee(String holder) {
        try {
            return DetailsJson.read(new ObjectMapper()
                    .readTree("{\"payee\":{\"bank\":\"0001\",\"branch\":\"123\","
                            + "\"accountType\":\"ORDINARY\",\"account\":\"1234567\",\"holder\":\"" + holder + "\"}}"));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
