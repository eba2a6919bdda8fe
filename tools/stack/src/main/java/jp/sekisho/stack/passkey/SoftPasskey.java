package jp.sekisho.stack.passkey;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Map;

/**
 * A passkey without a browser: an ES256 key that answers a challenge as an authenticator of the platform does, for what is
 * measured or tested over plain HTTP.
 *
 * @see <a href="https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data">WebAuthn, authenticator data</a>
 */
public final class SoftPasskey {

    private static final int ID_LENGTH = 32;
    private static final int COORDINATE_LENGTH = 32;
    private static final byte USER_PRESENT = 0x01;
    private static final byte USER_VERIFIED = 0x04;
    private static final byte BACKUP_ELIGIBLE = 0x08;
    private static final byte BACKED_UP = 0x10;
    private static final byte[] COUNTER = new byte[4];

    /** A COSE key of type EC2 for ES256 on P-256, up to its first coordinate (RFC 9053, 7.1.1). */
    private static final byte[] COSE_UP_TO_X = {(byte) 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, COORDINATE_LENGTH};

    private static final byte[] COSE_UP_TO_Y = {0x22, 0x58, COORDINATE_LENGTH};

    private final String userId;
    private final KeyPair keys;
    private final byte flags;
    private final byte[] id;

    private SoftPasskey(String userId, KeyPair keys, int flags, byte[] id) {
        this.userId = userId;
        this.keys = keys;
        this.flags = (byte) flags;
        this.id = id.clone();
    }

    /**
     * Backup eligible and backed up, as passkeys of phones are.
     *
     * @param userId of Keycloak's user: the handle that the passkey brings along
     */
    public static SoftPasskey of(String userId) {
        return of(userId, USER_PRESENT | USER_VERIFIED | BACKUP_ELIGIBLE | BACKED_UP);
    }

    /** One that never leaves its device, as on a security key. */
    public static SoftPasskey boundToItsDevice(String userId) {
        return of(userId, USER_PRESENT | USER_VERIFIED);
    }

    /** The same one, for a page that did not ask who its user is. */
    public SoftPasskey withoutVerification() {
        return new SoftPasskey(userId, keys, flags & ~USER_VERIFIED, id);
    }

    private static SoftPasskey of(String userId, int flags) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            byte[] id = new byte[ID_LENGTH];
            new SecureRandom().nextBytes(id);
            return new SoftPasskey(userId, generator.generateKeyPair(), flags, id);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** The column {@code credential_data} of the credential that Keycloak would have stored at its registration. */
    public String credentialData() {
        return """
                {"aaguid":"00000000-0000-0000-0000-000000000000","credentialId":"%s","counter":0,\
                "credentialPublicKey":"%s","attestationStatementFormat":"none","transports":["internal"]}""".formatted(Base64.getEncoder().encodeToString(id), url(cosePublicKey()));
    }

    /** The id that the server looks for; {@link #key} signs for it. */
    public byte[] id() {
        return id.clone();
    }

    /** For a browser's virtual authenticator. */
    public PKCS8EncodedKeySpec key() {
        return new PKCS8EncodedKeySpec(keys.getPrivate().getEncoded());
    }

    /**
     * The fields of the form that a page posts when the owner of the passkey has agreed.
     *
     * @param challenge as it stands on the page, base64url
     * @param origin of the page
     */
    public Map<String, String> answer(String challenge, URI origin) {
        byte[] clientData = """
                {"type":"webauthn.get","challenge":"%s","origin":"%s","crossOrigin":false}""".formatted(challenge, origin.getScheme() + "://" + origin.getAuthority())
                .getBytes(StandardCharsets.UTF_8);
        byte[] authenticatorData =
                joined(sha256(origin.getHost().getBytes(StandardCharsets.UTF_8)), new byte[] {flags}, COUNTER);
        return Map.of(
                "clientDataJSON", url(clientData),
                "authenticatorData", url(authenticatorData),
                "signature", url(signed(joined(authenticatorData, sha256(clientData)))),
                "credentialId", url(id),
                "userHandle", url(userId.getBytes(StandardCharsets.UTF_8)));
    }

    private byte[] cosePublicKey() {
        var point = ((ECPublicKey) keys.getPublic()).getW();
        return joined(COSE_UP_TO_X, coordinate(point.getAffineX()), COSE_UP_TO_Y, coordinate(point.getAffineY()));
    }

    /** Big-endian, of fixed length. */
    private static byte[] coordinate(BigInteger value) {
        byte[] signed = value.toByteArray();
        byte[] fixed = new byte[COORDINATE_LENGTH];
        int length = Math.min(signed.length, COORDINATE_LENGTH);
        System.arraycopy(signed, signed.length - length, fixed, COORDINATE_LENGTH - length, length);
        return fixed;
    }

    private byte[] signed(byte[] data) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] sha256(byte[] data) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(data);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static String url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
