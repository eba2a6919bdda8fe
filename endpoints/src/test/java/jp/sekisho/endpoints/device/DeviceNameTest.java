package jp.sekisho.endpoints.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceNameTest {

    @Test
    void upToFortyCharactersOfAnyScriptAreKept() {
        assertThat(new DeviceName(" 居間のPC 💻 ").name()).isEqualTo("居間のPC 💻");
        assertThat(new DeviceName("💻".repeat(40)).name()).hasSize(80);
    }

    /** Neither a second line nor an override of the direction of writing disguises a device. */
    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\nb", "a\u0000b", "a\u202Eb", "a\u200Bb"})
    void whatIsNoNameIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceName(name));
    }

    @Test
    void whatIsTooLongIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceName("あ".repeat(41)));
        assertThatIllegalArgumentException().isThrownBy(() -> new DeviceName(null));
    }
}
