package jp.sekisho.integrationtests.visitor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
import java.util.Optional;
import java.util.stream.Collectors;

/** A relying party: asks for logins with PKCE and exchanges codes. */
public final class App {

    private static final String VERIFIER = "a-verifier-that-is-long-enough-for-pkce-and-no-secret-here";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI keycloak;
    private final URI issuer;
    private final String client;
    private final Optional<String> secret;
    private final String callback;

    /**
     * @param keycloak as browsers see it
     * @param secret of a confidential client
     */
    public App(URI keycloak, String realm, String client, Optional<String> secret, String callback) {
        this.keycloak = keycloak;
        this.issuer = keycloak.resolve("/realms/" + realm + "/protocol/openid-connect/");
        this.client = client;
        this.secret = secret;
        this.callback = callback;
    }

    public URI keycloak() {
        return keycloak;
    }

    URI tokenEndpoint() {
        return issuer.resolve("token");
    }

    public String client() {
        return client;
    }

    public String callback() {
        return callback;
    }

    /** Where a browser is sent to log in. */
    public URI loginPage(Map<String, String> more) {
        return issuer.resolve("auth?" + form(request(more)));
    }

    /** The same of a pushed request (RFC 9126). */
    public URI pushed(Map<String, String> more) throws IOException, InterruptedException {
        Map<String, String> form = request(more);
        secret.ifPresent(known -> form.put("client_secret", known));
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(issuer.resolve("ext/par/request"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form(form)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.body());
        }
        String uri = JSON.readTree(answer.body()).path("request_uri").asText();
        return issuer.resolve("auth?" + form(Map.of("client_id", client, "request_uri", uri)));
    }

    private Map<String, String> request(Map<String, String> more) {
        Map<String, String> query = new LinkedHashMap<>(Map.of(
                "response_type",
                "code",
                "scope",
                "openid",
                "client_id",
                client,
                "redirect_uri",
                callback,
                "code_challenge_method",
                "S256",
                "code_challenge",
                challenge()));
        query.putAll(more);
        return query;
    }

    /** What the tokens say, of whose login this code is. */
    public Tokens exchange(String code) throws IOException, InterruptedException {
        return tokens(exchangeOnce(code));
    }

    /** Whatever is answered. */
    public HttpResponse<String> exchangeOnce(String code) throws IOException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>(exchangeForm(code));
        secret.ifPresent(known -> form.put("client_secret", known));
        return token(form);
    }

    public Tokens tokens(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.body());
        }
        JsonNode body = JSON.readTree(answer.body());
        return new Tokens(
                body.path("access_token").asText(),
                body.path("refresh_token").asText(),
                claims(body.path("access_token").asText()),
                claims(body.path("id_token").asText()));
    }

    /** What is asked with, but for the secret. */
    public Map<String, String> exchangeForm(String code) {
        return Map.of(
                "grant_type", "authorization_code",
                "client_id", client,
                "code", code,
                "redirect_uri", callback,
                "code_verifier", VERIFIER);
    }

    /** Asks for new tokens. */
    public HttpResponse<String> refresh(String refreshToken) throws IOException, InterruptedException {
        Map<String, String> form = new LinkedHashMap<>(
                Map.of("grant_type", "refresh_token", "client_id", client, "refresh_token", refreshToken));
        secret.ifPresent(known -> form.put("client_secret", known));
        return token(form);
    }

    /** What a resource server, which the token is for, learns of it. */
    public JsonNode introspect(String accessToken, String server, String serverSecret)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(issuer.resolve("token/introspect"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                form(Map.of("client_id", server, "client_secret", serverSecret, "token", accessToken))))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body());
    }

    public int userInfo(String accessToken) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(issuer.resolve("userinfo"))
                                .header("Authorization", "Bearer " + accessToken)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    public HttpResponse<String> token(Map<String, String> form) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(tokenEndpoint())
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form(form)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    public record Tokens(String access, String refresh, JsonNode accessClaims, JsonNode idClaims) {}

    public static String form(Map<String, String> values) {
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
}
