package jp.sekisho.policies.operation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** What a passkey signs where its owner confirms an operation: the operation, and that it was shown to him just now. */
// JP25-11
public final class Gesture {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private Gesture() {}

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
