package jp.sekisho.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How an app's server shows who it is. */
class KeyTokensTest {

    private static final ECKey KEY = key();

    private final Shifted clock = new Shifted();
    private final List<Map<String, String>> asked = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile String answer;

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (com.nimbusds.jose.JOSEException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @BeforeEach
    void start() throws IOException {
        answer = null;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/realms/broker/protocol/openid-connect/token", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void anAssertionIsOfThisClientForThisRealmAndForAMoment() throws Exception {
        assertThat(tokens(KEY).token(false)).isEqualTo("token-1");
        Map<String, String> form = asked.get(0);
        assertThat(form)
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
                .doesNotContainKey("client_secret");
        SignedJWT assertion = SignedJWT.parse(form.get("client_assertion"));
        assertThat(assertion.verify(new ECDSAVerifier(KEY.toPublicJWK()))).isTrue();
        assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES256);
        assertThat(assertion.getHeader().getKeyID()).isEqualTo(KEY.getKeyID());
        var claims = assertion.getJWTClaimsSet();
        assertThat(claims.getIssuer()).isEqualTo("trading-backend").isEqualTo(claims.getSubject());
        assertThat(claims.getAudience()).containsExactly(issuer());
        assertThat(claims.getExpirationTime().toInstant())
                .isEqualTo(clock.instant().plusSeconds(30));
    }

    @Test
    void aTokenIsKeptForHalfItsLifeOrUntilItIsRefused() throws Exception {
        KeyTokens tokens = tokens(KEY);
        tokens.token(false);
        clock.pass(Duration.ofSeconds(149));
        assertThat(tokens.token(false)).isEqualTo("token-1");
        assertThat(tokens.token(true)).isEqualTo("token-2");
        clock.pass(Duration.ofSeconds(150));
        assertThat(tokens.token(false)).isEqualTo("token-3");
        assertThat(asked)
                .extracting(form -> SignedJWT.parse(form.get("client_assertion"))
                        .getJWTClaimsSet()
                        .getJWTID())
                .as("each is used once")
                .doesNotHaveDuplicates();
    }

    @Test
    void whereNoTokenComesNothingGoesOn() {
        KeyTokens tokens = tokens(KEY);
        status = 400;
        assertThatThrownBy(() -> tokens.token(false)).isInstanceOf(NoAnswerException.class);
        status = 200;
        for (String foreign : List.of("{}", "{\"access_token\":\"a\"}", "<html>", "")) {
            answer = foreign;
            assertThatThrownBy(() -> tokens.token(false)).as(foreign).isInstanceOf(NoAnswerException.class);
        }
        server.stop(0);
        assertThatThrownBy(() -> tokens.token(false)).isInstanceOf(NoAnswerException.class);
    }

    @Test
    void anRsaKeySignsToo() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r-1").generate();
        tokens(rsa).token(false);
        SignedJWT assertion = SignedJWT.parse(asked.get(0).get("client_assertion"));
        assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.PS256);
        assertThat(assertion.verify(new RSASSAVerifier(rsa.toPublicJWK()))).isTrue();
    }

    @Test
    void aKeyThatDoesNotServeIsSaidAtOnce() throws Exception {
        OctetSequenceKey shared =
                new OctetSequenceKeyGenerator(256).keyID("s-1").generate();
        ECKey nameless = new ECKeyGenerator(Curve.P_256).generate();
        ECKey other = new ECKeyGenerator(Curve.P_384).keyID("p-1").generate();
        for (JWK unfit : List.of(shared, nameless, other, KEY.toPublicJWK())) {
            assertThatThrownBy(() -> tokens(unfit))
                    .as(unfit.toPublicJWK() + "")
                    .isInstanceOf(IllegalArgumentException.class);
        }
        HttpClient follows = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.ALWAYS)
                .build();
        assertThatThrownBy(() -> new KeyTokens(issuer(), "trading-backend", KEY, follows, clock))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private KeyTokens tokens(JWK key) {
        return new KeyTokens(issuer(), "trading-backend", key, HttpClient.newHttpClient(), clock);
    }

    private String issuer() {
        return "http://localhost:" + server.getAddress().getPort() + "/realms/broker";
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> form = new HashMap<>();
        for (String pair : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("&")) {
            String[] both = pair.split("=", 2);
            form.put(both[0], URLDecoder.decode(both[1], StandardCharsets.UTF_8));
        }
        asked.add(form);
        String text = answer == null
                ? "{\"access_token\":\"token-" + asked.size() + "\",\"token_type\":\"Bearer\",\"expires_in\":300}"
                : answer;
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static final class Shifted extends Clock {

        private Instant now = Instant.parse("2026-11-29T10:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
