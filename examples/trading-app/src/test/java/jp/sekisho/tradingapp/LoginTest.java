package jp.sekisho.tradingapp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The way to an identity provider that publishes its metadata. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sekisho.client-secret=test")
class LoginTest {

    private static final HttpServer PROVIDER = provider();
    private static final String ISSUER =
            "http://localhost:" + PROVIDER.getAddress().getPort() + "/realms/broker";

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void issuer(DynamicPropertyRegistry registry) {
        registry.add("sekisho.issuer", () -> ISSUER);
    }

    @AfterAll
    static void stop() {
        PROVIDER.stop(0);
    }

    @Test
    void aLoginIsAnAuthorizationCodeWithPkce() throws Exception {
        assertThat(location(get("/login"))).endsWith("/oauth2/authorization/sekisho");
        assertThat(location(get("/oauth2/authorization/sekisho")))
                .startsWith(ISSUER + "/auth?")
                .contains("response_type=code", "client_id=trading-app", "ui_locales=ja")
                .contains("code_challenge_method=S256", "code_challenge=", "state=", "nonce=")
                .contains("redirect_uri=http://localhost:" + port + "/login/oauth2/code/sekisho")
                .doesNotContain("acr_values");
    }

    @Test
    void aStrongerLoginIsAskedForByItsLevel() throws Exception {
        assertThat(location(get("/login?level=mfa"))).endsWith("/oauth2/authorization/sekisho?level=mfa");
        assertThat(location(get("/oauth2/authorization/sekisho?level=mfa"))).contains("acr_values=urn:sekisho:acr:mfa");
        assertThat(location(get("/login?level=free"))).endsWith("/oauth2/authorization/sekisho");
    }

    /** Its private part would be the app's account. */
    @Test
    void thePublicPartOfTheAppsKeyIsThereForWhoChecksItsSignature() throws Exception {
        HttpResponse<String> keys = get("/backend-keys");
        assertThat(keys.statusCode()).isEqualTo(200);
        assertThat(JWKSet.parse(keys.body()).getKeys()).singleElement().satisfies(key -> {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.getKeyID()).isNotEmpty();
            assertThat(key.getKeyUse()).isEqualTo(KeyUse.SIGNATURE);
        });
        assertThat(keys.body()).doesNotContain("\"d\"");
    }

    @Test
    void theSessionCookieIsKeptApartAndFromScripts() throws Exception {
        String cookie = get("/oauth2/authorization/sekisho")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();
        assertThat(cookie).startsWith("trading-app-session=").contains("HttpOnly", "SameSite=Lax");
    }

    @Test
    void whatABrowserFetchesByItselfBeginsNoLogin() throws Exception {
        assertThat(get("/icon.svg").statusCode()).isEqualTo(200);
        assertThat(get("/favicon.ico").statusCode()).isEqualTo(404);
        assertThat(get("/apple-touch-icon-precomposed.png").statusCode()).isEqualTo(404);
    }

    @Test
    void pagesBeforeALoginOfferNoLogout() throws Exception {
        HttpResponse<String> welcome = get("/");
        assertThat(welcome.statusCode()).isEqualTo(200);
        assertThat(welcome.body()).contains("ようこそ").doesNotContain("ログアウト");

        HttpResponse<String> failed = get("/login-failed");
        assertThat(failed.statusCode()).isEqualTo(403);
        assertThat(failed.body()).contains("ログインできませんでした", "</footer>").doesNotContain("ログアウト");
    }

    @Test
    void anAnswerThatNobodyAskedForIsNoLogin() throws Exception {
        assertThat(location(get("/login/oauth2/code/sekisho?code=x&state=y"))).endsWith("/login-failed");
    }

    @Test
    void aLogoutThatTheProviderDidNotSignIsRefused() throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + port + "/logout/connect/back-channel/sekisho"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("logout_token=made.up.here"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_request");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static String location(HttpResponse<String> response) {
        return response.headers().firstValue("Location").orElseThrow();
    }

    private static HttpServer provider() {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String issuer = "http://localhost:" + server.getAddress().getPort() + "/realms/broker";
            byte[] metadata = """
                    {"issuer": "%1$s", "authorization_endpoint": "%1$s/auth", "token_endpoint": "%1$s/token",
                     "jwks_uri": "%1$s/certs", "userinfo_endpoint": "%1$s/userinfo", "end_session_endpoint": "%1$s/logout",
                     "response_types_supported": ["code"], "subject_types_supported": ["public"],
                     "id_token_signing_alg_values_supported": ["RS256"]}
                    """.formatted(issuer).getBytes(StandardCharsets.UTF_8);
            server.createContext("/realms/broker/.well-known/openid-configuration", exchange -> {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, metadata.length);
                exchange.getResponseBody().write(metadata);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
