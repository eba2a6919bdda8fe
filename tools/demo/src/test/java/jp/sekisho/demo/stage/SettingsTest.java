package jp.sekisho.demo.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ServerSocket;
import java.util.Map;
import jp.sekisho.stack.net.PortTaken;
import jp.sekisho.stack.net.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void portsHaveDefaultsAndComeFromTheEnvironment() {
        assertThat(Settings.from(Map.of())).isEqualTo(new Settings(8080, 8090, 8025, 9000));
        assertThat(Settings.from(Map.of("SEKISHO_HTTP_PORT", " 18080 ", "SEKISHO_APP_PORT", "")))
                .isEqualTo(new Settings(18080, 8090, 8025, 9000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "0", "-1", "65536", "8080.5"})
    void whatIsNotAPortIsNamed(String value) {
        assertThatThrownBy(() -> Settings.from(Map.of("SEKISHO_INBOX_PORT", value)))
                .isInstanceOf(Settings.Unusable.class)
                .hasMessageContaining("SEKISHO_INBOX_PORT=" + value);
    }

    @Test
    void onePortCannotServeTwo() {
        assertThatThrownBy(() -> Settings.from(Map.of("SEKISHO_APP_PORT", "8080")))
                .isInstanceOf(Settings.Unusable.class)
                .hasMessageContaining("must differ");
    }

    @Test
    void takenPortIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Settings settings = new Settings(Ports.free(), taken.getLocalPort(), Ports.free(), Ports.free());

            assertThatThrownBy(settings::requireFree)
                    .isInstanceOf(PortTaken.class)
                    .hasMessageContaining("SEKISHO_APP_PORT");
        }
    }
}
