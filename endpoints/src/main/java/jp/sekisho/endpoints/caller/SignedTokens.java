package jp.sekisho.endpoints.caller;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.security.Key;
import java.util.Optional;
import jp.sekisho.policies.digest.Sha256;
import org.keycloak.common.util.Base64Url;
import org.keycloak.crypto.KeyUse;
import org.keycloak.jose.jws.JWSHeader;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.AccessToken;
import org.keycloak.util.JsonSerialization;

/**
 * Tokens that the realm signed. An app calls with the same one for minutes: that its signature is right is remembered, and holds
 * for as long as the realm has the key. Nothing else of a token is.
 */
final class SignedTokens {

    private static final int REMEMBERED = 1_000;

    /** By the token's hash: no token is kept. */
    private static final Cache<String, Signed> VERIFIED = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    private record Signed(String keyId, String algorithm, Key key) {}

    private SignedTokens() {}

    /** Empty where the realm's keys did not sign it. */
    static Optional<AccessToken> claims(KeycloakSession session, String token) {
        String hash = Sha256.hex(token);
        Signed before = VERIFIED.getIfPresent(hash);
        if (before != null
                && key(session, before.keyId(), before.algorithm())
                        .filter(before.key()::equals)
                        .isPresent()) {
            return Optional.of(read(token));
        }
        AccessToken claims = session.tokens().decode(token, AccessToken.class);
        if (claims != null) {
            signed(session, token).ifPresent(signed -> VERIFIED.put(hash, signed));
        }
        return Optional.ofNullable(claims);
    }

    /** Nothing where the key has no public half, or the token does not name it. */
    private static Optional<Signed> signed(KeycloakSession session, String token) {
        JWSHeader header = header(token);
        String keyId = header.getKeyId();
        String algorithm = header.getRawAlgorithm();
        return Optional.ofNullable(keyId)
                .flatMap(known -> key(session, known, algorithm))
                .map(key -> new Signed(keyId, algorithm, key));
    }

    private static Optional<Key> key(KeycloakSession session, String keyId, String algorithm) {
        return Optional.ofNullable(session.keys().getKey(session.getContext().getRealm(), keyId, KeyUse.SIG, algorithm))
                .map(known -> known.getPublicKey());
    }

    private static JWSHeader header(String token) {
        try {
            return new JWSInput(token).getHeader();
        } catch (JWSInputException wasDecoded) {
            throw new IllegalStateException(wasDecoded);
        }
    }

    private static AccessToken read(String token) {
        try {
            return JsonSerialization.readValue(Base64Url.decode(token.split("\\.")[1]), AccessToken.class);
        } catch (IOException wasRead) {
            throw new IllegalStateException(wasRead);
        }
    }
}
