package jp.sekisho.eventlisteners.notice.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    @Test
    void signsAsTheSpecificationsExample() {
        assertThat(Secret.of(SECRET).signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, OTHER})
    void aReceiverWithEitherSecretAcceptsDuringRotation(String known) throws Exception {
        long now = Instant.now().getEpochSecond();
        String body = "{\"type\":\"notice.login\",\"text\":\"ログイン\"}";
        String signatures = WebhookChannel.signatures(List.of(Secret.of(OTHER), Secret.of(SECRET)), "id-1", now, body);
        HttpHeaders headers = HttpHeaders.of(
                Map.of(
                        "webhook-id", List.of("id-1"),
                        "webhook-timestamp", List.of(Long.toString(now)),
                        "webhook-signature", List.of(signatures)),
                (name, value) -> true);

        new Webhook(known).verify(body, headers);
        assertThatThrownBy(() -> new Webhook(known).verify(body + " ", headers)).isInstanceOf(Exception.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "whsec_", "whsec_####", "whsec_c2hvcnQ="})
    void refusesWhatIsNoSecretWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> Secret.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("a webhook's secret");
    }
}
