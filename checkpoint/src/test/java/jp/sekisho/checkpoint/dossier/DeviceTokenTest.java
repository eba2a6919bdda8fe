package jp.sekisho.checkpoint.dossier;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DeviceTokenTest {

    @Test
    void what_is_handed_out_is_recognised() {
        DeviceToken token = DeviceToken.ofNewFamily();
        assertThat(DeviceToken.parse(token.value())).contains(token);
    }

    @Test
    void the_cookies_name_is_the_realms() {
        assertThat(DeviceToken.cookieName("realm")).matches("__Host-sekisho-device-[0-9a-f]{8}");
        assertThat(DeviceToken.cookieName("realm")).isNotEqualTo(DeviceToken.cookieName("other"));
    }

    @Test
    void a_successor_is_of_the_family_and_another_secret() {
        DeviceToken token = DeviceToken.ofNewFamily();
        assertThat(token.successor().family()).isEqualTo(token.family());
        assertThat(token.successor().hash()).isNotEqualTo(token.hash());
    }

    @Test
    void the_secret_is_not_in_the_text() {
        DeviceToken token = DeviceToken.ofNewFamily();
        assertThat(token.toString()).doesNotContain(token.secret());
    }

    @Property
    void whatever_else_is_no_token(@ForAll String text) {
        assertThat(DeviceToken.parse(text)).isEmpty();
        assertThat(DeviceToken.parse(DeviceToken.ofNewFamily().value() + text + '.'))
                .isEmpty();
    }
}
