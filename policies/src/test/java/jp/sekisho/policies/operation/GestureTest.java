package jp.sekisho.policies.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GestureTest {

    private static final String NONCE = Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(HexFormat.of().parseHex("00ff10".repeat(8)));
    private static final String DIGEST = "ab".repeat(32);

    @Test
    void theChallengeIsTheHashOfNonceAndDigest() throws Exception {
        byte[] expected =
                MessageDigest.getInstance("SHA-256").digest(HexFormat.of().parseHex("00ff10".repeat(8) + DIGEST));

        assertThat(Base64.getUrlDecoder().decode(Gesture.challenge(NONCE, DIGEST)))
                .isEqualTo(expected);
    }

    @Test
    void anotherOperationOrAnotherShowingIsAnotherChallenge() {
        String challenge = Gesture.challenge(NONCE, DIGEST);

        assertThat(Gesture.challenge(NONCE, "ab".repeat(31) + "ac")).isNotEqualTo(challenge);
        assertThat(Gesture.challenge(NONCE.replace('A', 'B'), DIGEST)).isNotEqualTo(challenge);
    }

    @Test
    void whatIsNoDigestIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Gesture.challenge(NONCE, "no digest"));
    }
}
