package jp.sekisho.authenticators.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import com.webauthn4j.data.attestation.statement.COSEAlgorithmIdentifier;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Gesture;
import org.junit.jupiter.api.Test;
import org.keycloak.models.credential.dto.WebAuthnCredentialData;

class PostedGestureTest {

    private static final ObjectConverter CONVERTER = new ObjectConverter();
    private static final String NONCE = url("of one showing".getBytes(StandardCharsets.UTF_8));
    private static final String DIGEST = "ab".repeat(32);
    private static final byte[] ID = {-1, -2, -3, 62, 63};
    private static final byte[] AUTHENTICATOR_DATA = new byte[37];

    private final KeyPair keys = pair();

    @Test
    void whoHasTheRecordVerifiesWhatThePasskeySigned() throws Exception {
        Gesture gesture = PostedGesture.of(form(clientData()))
                .verified(NONCE, Stream.of(bound(new byte[] {1}, pair()), bound(ID, keys)));

        assertThat(gesture.nonce()).isEqualTo(NONCE);
        assertThat(new String(bytes(gesture.clientDataJson()), StandardCharsets.UTF_8))
                .contains("\"challenge\":\"" + Gesture.challenge(NONCE, DIGEST) + "\"");
        COSEKey key = CONVERTER.getCborConverter().readValue(bytes(gesture.publicKey()), COSEKey.class);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initVerify(key.getPublicKey());
        signature.update(bytes(gesture.authenticatorData()));
        signature.update(sha256(bytes(gesture.clientDataJson())));
        assertThat(signature.verify(bytes(gesture.signature()))).isTrue();
    }

    @Test
    void aKeyOfAnotherPasskeyIsNotKeptForIt() throws Exception {
        PostedGesture posted = PostedGesture.of(form(clientData()));

        assertThatThrownBy(() -> posted.verified(NONCE, Stream.of(bound(new byte[] {1}, keys))))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void noMoreIsKeptThanAnAuthenticatorSays() throws Exception {
        assertThat(PostedGesture.of(form(clientData())).kept()).isTrue();
        assertThat(PostedGesture.of(form(clientData() + " ".repeat(4000))).kept())
                .isFalse();
        MultivaluedMap<String, String> data = form(clientData());
        data.putSingle("authenticatorData", "A".repeat(4097));
        assertThat(PostedGesture.of(data).kept()).isFalse();
        MultivaluedMap<String, String> signature = form(clientData());
        signature.putSingle("signature", "A".repeat(4097));
        assertThat(PostedGesture.of(signature).kept()).isFalse();
        assertThat(PostedGesture.of(new MultivaluedHashMap<>()).kept())
                .as("Keycloak refuses it")
                .isTrue();
    }

    private static String clientData() {
        return "{\"type\":\"webauthn.get\",\"challenge\":\"" + Gesture.challenge(NONCE, DIGEST)
                + "\",\"origin\":\"https://broker.example\",\"crossOrigin\":false}";
    }

    private MultivaluedMap<String, String> form(String clientData) throws GeneralSecurityException {
        byte[] json = clientData.getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(AUTHENTICATOR_DATA);
        signature.update(sha256(json));
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putSingle("credentialId", url(ID));
        form.putSingle("clientDataJSON", url(json));
        form.putSingle("authenticatorData", url(AUTHENTICATOR_DATA));
        form.putSingle("signature", url(signature.sign()));
        return form;
    }

    /** As Keycloak stores it. */
    private static WebAuthnCredentialData bound(byte[] id, KeyPair keys) {
        COSEKey key = EC2COSEKey.create((ECPublicKey) keys.getPublic(), COSEAlgorithmIdentifier.ES256);
        return new WebAuthnCredentialData(
                "00000000-0000-0000-0000-000000000000",
                Base64.getEncoder().encodeToString(id),
                0,
                null,
                url(CONVERTER.getCborConverter().writeValueAsBytes(key)),
                "none",
                Set.of());
    }

    private static KeyPair pair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] sha256(byte[] data) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(data);
    }

    private static byte[] bytes(String encoded) {
        return Base64.getUrlDecoder().decode(encoded);
    }

    private static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
