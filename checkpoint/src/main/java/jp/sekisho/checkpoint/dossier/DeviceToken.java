package jp.sekisho.checkpoint.dossier;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import jp.sekisho.policies.digest.Sha256;

/**
 * A device token: the family's id, so that any replaced token is recognised, and 256 random bits (decision 7).
 *
 * @param family the id of the browser's family of tokens
 * @param secret base64url without padding; never stored, never logged
 */
public record DeviceToken(String family, String secret) {

    private static final Pattern SHAPE = Pattern.compile(
            "(?<family>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.(?<secret>[A-Za-z0-9_-]{43})");
    private static final int LENGTH = 36 + 1 + 43;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    public static DeviceToken ofNewFamily() {
        return new DeviceToken(UUID.randomUUID().toString(), randomSecret());
    }

    public DeviceToken successor() {
        return new DeviceToken(family, randomSecret());
    }

    /** SHA-256 of the secret, hex: all that is stored. */
    public String hash() {
        return Sha256.hex(secret);
    }

    /** As it stands in the cookie. */
    public String value() {
        return family + '.' + secret;
    }

    /** The name is bound to the realm: 8 hex characters of the SHA-256 of its id, which need not be a UUID. */
    public static String cookieName(String realmId) {
        return "__Host-sekisho-device-" + Sha256.hex(realmId).substring(0, 8);
    }

    /** @param lifetime how long the browser keeps it */
    public NewCookie cookie(String realmId, Duration lifetime) {
        return new NewCookie.Builder(cookieName(realmId))
                .value(value())
                .path("/")
                .maxAge((int) lifetime.toSeconds())
                .secure(true)
                .httpOnly(true)
                .sameSite(NewCookie.SameSite.LAX)
                .build();
    }

    /** Empty for whatever is not one well-formed token. Of two cookies with the name, one was planted: neither counts. */
    static Optional<DeviceToken> of(HttpHeaders headers, String realmId) {
        String name = cookieName(realmId);
        if (instances(headers.getRequestHeader(HttpHeaders.COOKIE), name) != 1) {
            return Optional.empty();
        }
        Cookie cookie;
        try {
            cookie = headers.getCookies().get(name);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        return cookie == null ? Optional.empty() : parse(cookie.getValue());
    }

    static Optional<DeviceToken> parse(String value) {
        if (value == null || value.length() != LENGTH) {
            return Optional.empty();
        }
        var matcher = SHAPE.matcher(value);
        return matcher.matches()
                ? Optional.of(new DeviceToken(matcher.group("family"), matcher.group("secret")))
                : Optional.empty();
    }

    private static int instances(List<String> headers, String name) {
        int instances = 0;
        for (String header : headers == null ? List.<String>of() : headers) {
            for (int at = header.indexOf(name + '='); at >= 0; at = header.indexOf(name + '=', at + 1)) {
                instances++;
            }
        }
        return instances;
    }

    private static String randomSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    @Override
    public String toString() {
        return "DeviceToken[family=" + family + "]";
    }
}
