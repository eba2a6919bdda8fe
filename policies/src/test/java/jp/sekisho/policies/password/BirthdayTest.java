package jp.sekisho.policies.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BirthdayTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1980-01-02",
                "1980/1/2",
                "1980.01.02",
                "19800102",
                "1980年1月2日",
                "１９８０年１月２日",
                "昭和55年1月2日",
                "昭和５５年 １月 ２日",
                "S55.1.2",
                "s55/01/02",
                "1980-01-02T00:00:00+09:00"
            })
    void isReadInTheUsualForms(String kept) {
        assertThat(Birthday.read(kept)).contains(LocalDate.of(1980, 1, 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"令和元年5月1日", "R1.5.1", "R元.5.1"})
    void theFirstYearOfAnEraHasAName(String kept) {
        assertThat(Birthday.read(kept)).contains(LocalDate.of(2019, 5, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "1980-13-02", "19801302", "昭和65年1月2日", "平成0年1月1日", "02/01/1980", "T99.1.1"})
    void whatIsNoDayIsNone(String kept) {
        assertThat(Birthday.read(kept)).isEmpty();
    }
}
