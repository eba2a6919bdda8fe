package jp.sekisho.policies.operation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * What a passkey signs where its owner confirms an operation: the operation, and that it was shown to him just now. The record of it
 * keeps all that it takes to verify the signature without us. Everything is base64url.
 *
 * @param nonce random, for one showing
 * @param clientDataJson what the browser says of itself: its page and the {@link #challenge}, as it wrote them
 * @param authenticatorData what the authenticator says of itself
 * @param signature of {@code authenticatorData ‖ SHA-256(clientDataJson)}
 * @param publicKey of the passkey (COSE, RFC 9052), which may be removed later
 */
// JP25-11, JP25-12, FFAJ-3-S3
public record Gesture(
        String nonce, String clientDataJson, String authenticatorData, String signature, String publicKey) {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    /**
     * SHA-256(nonce ‖ digest), base64url: the challenge of WebAuthn.
     *
     * @param nonce random, for one showing; base64url
     * @param digest of the operation; hexadecimal
     */
    public static String challenge(String nonce, String digest) {
        MessageDigest hash = sha256();
        hash.update(Base64.getUrlDecoder().decode(nonce));
        hash.update(HexFormat.of().parseHex(digest));
        return URL.encodeToString(hash.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
