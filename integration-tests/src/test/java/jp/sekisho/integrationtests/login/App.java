package jp.sekisho.integrationtests.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import jp.sekisho.demo.DemoRealm;

/** A relying party: asks for logins with PKCE and exchanges codes; its page says only that one came back to it. */
final class App implements AutoCloseable {

    static final String CLIENT = "trading-app";
    static final String SECRET = "secret-of-the-tests";

    private static final String CALLBACK = "/login/oauth2/code/sekisho";
    private static final String VERIFIER = "a-verifier-that-is-long-enough-for-pkce-and-no-secret-here";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private final URI issuer;

    private App(HttpServer server, URI issuer) {
        this.server = server;
        this.issuer = issuer;
    }

    /** @param keycloak as browsers see it */
    static App start(URI keycloak) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        byte[] page = "<!DOCTYPE html><title>app</title><body id=app>app".getBytes(StandardCharsets.UTF_8);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        server.start();
        return new App(server, keycloak.resolve("/realms/" + DemoRealm.NAME + "/protocol/openid-connect/"));
    }

    URI base() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    String callback() {
        return base() + CALLBACK;
    }

    /** Where a browser is sent to log in. */
    URI loginPage(Map<String, String> more) {
        Map<String, String> query = new LinkedHashMap<>(Map.of(
                "response_type",
                "code",
                "scope",
                "openid",
                "client_id",
                CLIENT,
                "redirect_uri",
                callback(),
                "code_challenge_method",
                "S256",
                "code_challenge",
                challenge()));
        query.putAll(more);
        return issuer.resolve("auth?" + form(query));
    }

    /** What the tokens say, of whose login this code is. */
    Tokens exchange(String code) throws IOException, InterruptedException {
        HttpResponse<String> answer = token(Map.of(
                "grant_type", "authorization_code",
                "client_id", CLIENT,
                "client_secret", SECRET,
                "code", code,
                "redirect_uri", callback(),
                "code_verifier", VERIFIER));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        JsonNode body = JSON.readTree(answer.body());
        return new Tokens(
                body.path("access_token").asText(),
                claims(body.path("access_token").asText()),
                claims(body.path("id_token").asText()));
    }

    HttpResponse<String> token(Map<String, String> form) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(issuer.resolve("token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form(form)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    record Tokens(String access, JsonNode accessClaims, JsonNode idClaims) {}

    static String form(Map<String, String> values) {
        return values.entrySet().stream()
                .map(value -> encoded(value.getKey()) + '=' + encoded(value.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static JsonNode claims(String token) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }

    private static String challenge() {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
