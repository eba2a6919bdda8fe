package jp.sekisho.integrationtests.login;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** A client's key, and its proofs of possession (RFC 9449). */
final class ProofKey {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int COORDINATE_BYTES = 32;

    private final KeyPair pair;

    private ProofKey(KeyPair pair) {
        this.pair = pair;
    }

    static ProofKey create() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return new ProofKey(generator.generateKeyPair());
    }

    /** @param token that goes with the request; null where one is asked for */
    String proof(String method, URI uri, String token) throws GeneralSecurityException, JsonProcessingException {
        ECPublicKey point = (ECPublicKey) pair.getPublic();
        Map<String, Object> key = Map.of(
                "kty",
                "EC",
                "crv",
                "P-256",
                "x",
                coordinate(point.getW().getAffineX()),
                "y",
                coordinate(point.getW().getAffineY()));
        Map<String, Object> claims = new LinkedHashMap<>(Map.of(
                "jti", UUID.randomUUID().toString(),
                "htm", method,
                "htu", uri.toString(),
                "iat", Instant.now().getEpochSecond()));
        if (token != null) {
            claims.put(
                    "ath",
                    base64url(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII))));
        }
        String signed = part(Map.of("typ", "dpop+jwt", "alg", "ES256", "jwk", key)) + '.' + part(claims);
        Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initSign(pair.getPrivate());
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + '.' + base64url(signature.sign());
    }

    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] padded = new byte[COORDINATE_BYTES];
        int from = Math.max(0, bytes.length - COORDINATE_BYTES);
        System.arraycopy(bytes, from, padded, COORDINATE_BYTES - (bytes.length - from), bytes.length - from);
        return base64url(padded);
    }

    private static String part(Map<String, Object> values) throws JsonProcessingException {
        return base64url(JSON.writeValueAsBytes(values));
    }

    private static String base64url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
