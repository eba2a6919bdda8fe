package jp.sekisho.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Tokens of the app's own account for a signature of its private key ({@code private_key_jwt}, RFC 7523): no secret travels, and
 * none is shared. One that is alive is kept.
 */
public final class KeyTokens implements AccessTokens {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Of an assertion, which is used at once and once. */
    private static final Duration VALID = Duration.ofSeconds(30);

    private static final String UNFIT = "A private key with an id is needed, RSA or of the curve P-256.";

    private static final Map<KeyType, JWSAlgorithm> ALGORITHMS = Map.of(
            KeyType.RSA, JWSAlgorithm.PS256,
            KeyType.EC, JWSAlgorithm.ES256);

    private final String issuer;
    private final String clientId;
    private final JWK key;
    private final JWSAlgorithm algorithm;
    private final JWSSigner signer;
    private final HttpClient http;
    private final Clock clock;
    private String token = "";
    private Instant renewal = Instant.MIN;

    /**
     * @param issuer the realm's address, as its tokens name it
     * @param clientId of the app's server
     * @param key private, RSA or of the curve P-256, with the id under which its public part is published; from a file
     *     ({@link JWK#parse(String)}), a key store or an HSM ({@link JWK#load})
     */
    public KeyTokens(String issuer, String clientId, JWK key) {
        this(
                issuer,
                clientId,
                key,
                HttpClient.newBuilder().connectTimeout(PATIENCE).build(),
                Clock.systemUTC());
    }

    /** @param http for a proxy of the firm's own; it follows no redirects */
    public KeyTokens(String issuer, String clientId, JWK key, HttpClient http, Clock clock) {
        if (!ALGORITHMS.containsKey(key.getKeyType()) || !key.isPrivate() || key.getKeyID() == null) {
            throw new IllegalArgumentException(UNFIT);
        }
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("Assertions go to one address only: follow no redirects.");
        }
        this.issuer = issuer;
        this.clientId = clientId;
        this.key = key;
        this.algorithm = ALGORITHMS.get(key.getKeyType());
        this.http = http;
        this.clock = clock;
        this.signer = signer(key, algorithm);
    }

    private static JWSSigner signer(JWK key, JWSAlgorithm algorithm) {
        try {
            JWSSigner signer = new DefaultJWSSignerFactory().createJWSSigner(key, algorithm);
            if (signer.supportedJWSAlgorithms().contains(algorithm)) {
                return signer;
            }
        } catch (JOSEException | IllegalArgumentException unfit) {
            throw new IllegalArgumentException(UNFIT, unfit);
        }
        throw new IllegalArgumentException(UNFIT);
    }

    @Override
    public synchronized String token(boolean renew) {
        if (renew || !clock.instant().isBefore(renewal)) {
            keep(asked());
        }
        return token;
    }

    private void keep(JsonNode answer) {
        token = answer.path("access_token").textValue();
        // What is refused in between is renewed.
        renewal = clock.instant().plusSeconds(answer.path("expires_in").asLong() / 2);
    }

    private JsonNode asked() {
        String form = Map.of(
                        "grant_type",
                        "client_credentials",
                        "client_id",
                        clientId,
                        "client_assertion_type",
                        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                        "client_assertion",
                        assertion())
                .entrySet()
                .stream()
                .map(field -> field.getKey() + '=' + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer + "/protocol/openid-connect/token"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        try {
            return read(http.send(request, BodyHandlers.ofString()));
        } catch (IOException broken) {
            throw new NoAnswerException("No token: " + broken, broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("Interrupted while waiting for a token.", stopped);
        }
    }

    private static JsonNode read(HttpResponse<String> response) throws JsonProcessingException {
        if (response.statusCode() != 200) {
            throw new NoAnswerException("No token: status " + response.statusCode(), null);
        }
        JsonNode answer = JSON.readTree(response.body());
        if (!answer.path("access_token").isTextual()
                || answer.path("expires_in").asLong() <= 0) {
            throw new NoAnswerException("No token in the answer.", null);
        }
        return answer;
    }

    private String assertion() {
        Instant now = clock.instant();
        SignedJWT assertion = new SignedJWT(
                new JWSHeader.Builder(algorithm)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(clientId)
                        .subject(clientId)
                        .audience(issuer)
                        .jwtID(UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(VALID)))
                        .build());
        try {
            assertion.sign(signer);
        } catch (JOSEException unfit) {
            throw new IllegalStateException("The app's key does not sign.", unfit);
        }
        return assertion.serialize();
    }
}
