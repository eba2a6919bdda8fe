package jp.sekisho.endpoints.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import jp.sekisho.endpoints.caller.Body.Unreadable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A My Number never gets in, wherever it stands. */
// FFAJ-2.2-S4
class BodyTest {

    record Note(String name, List<String> lines, Note inner) {}

    record Count(long number) {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"123456789018\",\"lines\":[]}",
                "{\"name\":\"番号は１２３４ー５６７８ー９０１８です\",\"lines\":[]}",
                "{\"name\":\"\",\"lines\":[\"fine\",\"1234 5678 9018\"]}",
                "{\"name\":\"\",\"lines\":[],\"inner\":{\"name\":\"1234-5678-9018\",\"lines\":[]}}"
            })
    void anIndividualNumberIsRefusedAndNotRepeated(String body) {
        assertThatThrownBy(() -> Body.read(withInner(body), Note.class))
                .isInstanceOf(Unreadable.class)
                .message()
                .contains("My Number")
                .doesNotContain("9018");
    }

    private static String withInner(String body) {
        return body.contains("inner")
                ? body.replace("[]}}", "[],\"inner\":null}}")
                : body.replace("]}", "],\"inner\":null}");
    }

    @Test
    void asANumberToo() {
        assertThatThrownBy(() -> Body.read("{\"number\":123456789018}", Count.class))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void otherNumbersArePassed() throws Exception {
        String id = UUID.randomUUID().toString();
        assertThat(Body.read("{\"number\":123456789017}", Count.class).number()).isEqualTo(123456789017L);
        assertThat(Body.read("{\"reason\":\"受付 4711 " + id + "\"}", Reason.class)
                        .reason())
                .contains(id);
    }

    @Test
    void aReasonHasNone() {
        assertThatThrownBy(() -> Reason.checked("本人確認 1234 5678 9018"))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("9018");
    }
}
