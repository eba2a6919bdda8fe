package jp.sekisho.checkpoint.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WordsTest {

    private static final Map<String, String> MESSAGES = Map.of("tradingApp", "お取引画面");

    @Test
    void anAppIsCalledByItsName() {
        assertThat(client("Trading 24")).isEqualTo("Trading 24");
    }

    @Test
    void aNameThatIsTheKeyOfAMessageIsSaidInTheCustomersLanguage() {
        assertThat(client("${tradingApp}")).isEqualTo("お取引画面");
    }

    @Test
    void anAppWithoutANameIsCalledByItsId() {
        assertThat(client(null)).isEqualTo("trading-app");
        assertThat(client(" ")).isEqualTo("trading-app");
        assertThat(client("${unknown}")).isEqualTo("trading-app");
    }

    private static String client(String name) {
        return Words.client(name, key -> Optional.ofNullable(MESSAGES.get(key)), "trading-app");
    }
}
