package jp.sekisho.stack.keycloak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Keycloak's admin REST interface. Paths start with {@code /admin/realms}; bodies are JSON. */
public final class Admin {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Tokens of admin-cli live 60 s; renewed well before. */
    private static final Duration TOKEN_USE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final String user;
    private final String password;
    private String token;
    private Instant renewal = Instant.MIN;

    Admin(URI base, String user, String password) {
        this.base = base;
        this.user = user;
        this.password = password;
    }

    /** An answer other than 2xx. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;

        Refused(HttpRequest request, HttpResponse<String> response) {
            super(request.method() + " " + request.uri() + ": " + response.statusCode() + " " + response.body());
            status = response.statusCode();
        }

        public int status() {
            return status;
        }
    }

    public JsonNode get(String path) {
        return send("GET", path, BodyPublishers.noBody());
    }

    public JsonNode post(String path, Object body) {
        return send("POST", path, json(body));
    }

    public JsonNode put(String path, Object body) {
        return send("PUT", path, json(body));
    }

    public JsonNode delete(String path) {
        return send("DELETE", path, BodyPublishers.noBody());
    }

    /** A valid access token of the administrator, for other clients. */
    public synchronized String token() {
        if (Instant.now().isAfter(renewal)) {
            String form = "grant_type=password&client_id=admin-cli&username=" + encoded(user) + "&password="
                    + encoded(password);
            HttpRequest request = HttpRequest.newBuilder(base.resolve("/realms/master/protocol/openid-connect/token"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build();
            token = send(request).path("access_token").asText();
            renewal = Instant.now().plus(TOKEN_USE);
        }
        return token;
    }

    private JsonNode send(String method, String path, HttpRequest.BodyPublisher body) {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, body)
                .build());
    }

    private JsonNode send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new Refused(request, response);
            }
            return response.body().isBlank() ? MissingNode.getInstance() : JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted: " + request.uri(), e);
        }
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        try {
            return BodyPublishers.ofString(body instanceof String text ? text : JSON.writeValueAsString(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
