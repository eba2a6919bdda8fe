package jp.sekisho.realmconfig.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
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
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keycloak's admin REST interface. Every refusal is a {@link ServerRefused}. */
public final class AdminServer {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String base;
    private final Credentials credentials;
    private final Clock clock;
    private String token = "";
    private Instant renewal = Instant.MIN;

    /**
     * @param server the server's base address, with its relative path if it has one
     * @throws ServerRefused if a secret would travel unencrypted to another machine
     */
    public AdminServer(URI server, Credentials credentials, Clock clock) {
        boolean encrypted = "https".equals(server.getScheme());
        boolean own = "http".equals(server.getScheme()) && LOOPBACK.contains(String.valueOf(server.getHost()));
        if (!encrypted && !own) {
            throw new ServerRefused("The server must be given as https://…; http:// is taken for this machine only.");
        }
        this.base = server.toString().replaceAll("/+$", "");
        this.credentials = credentials;
        this.clock = clock;
    }

    /** @return what stands there, or nothing if the server knows of no such thing */
    public Optional<JsonNode> find(String path) {
        HttpResponse<String> response = send(admin(path).GET().build());
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(body("read " + path, response));
    }

    public JsonNode get(String path) {
        return body("read " + path, send(admin(path).GET().build()));
    }

    /** @return the id of what was created if the server named one, else what it answered */
    public JsonNode post(String path, JsonNode content) {
        HttpResponse<String> response = send(withBody(path, "POST", content));
        JsonNode answer = body(path.isEmpty() ? "create the realm" : "create something in " + path, response);
        return response.headers()
                .firstValue("Location")
                .<JsonNode>map(
                        location -> json.getNodeFactory().textNode(location.substring(location.lastIndexOf('/') + 1)))
                .orElse(answer);
    }

    public void put(String path, JsonNode content) {
        body("change " + path, send(withBody(path, "PUT", content)));
    }

    public void delete(String path) {
        body("remove " + path, send(admin(path).DELETE().build()));
    }

    /** A token issued before a realm was created has no right in it. */
    public void forgetToken() {
        renewal = Instant.MIN;
    }

    /** A path whose segments may hold any character. */
    public static String path(String... segments) {
        return Arrays.stream(segments)
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/", "/", ""));
    }

    private HttpRequest withBody(String path, String method, JsonNode content) {
        return admin(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(content.toString()))
                .build();
    }

    private HttpRequest.Builder admin(String path) {
        return HttpRequest.newBuilder(URI.create(base + "/admin/realms" + path))
                .timeout(PATIENCE)
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token());
    }

    private String token() {
        if (clock.instant().isBefore(renewal)) {
            return token;
        }
        String form = credentials.grant().entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var request = HttpRequest.newBuilder(URI.create(base + "/realms/master/protocol/openid-connect/token"))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        JsonNode answer = body("log in as " + credentials, send(request));
        token = answer.path("access_token").asText();
        renewal = clock.instant().plusSeconds(answer.path("expires_in").asLong() / 2);
        return token;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new ServerRefused("The server " + base + " cannot be reached: " + reason(e) + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerRefused("Interrupted while waiting for " + base + ".", e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private JsonNode body(String intent, HttpResponse<String> response) {
        JsonNode answer = parse(response.body());
        if (response.statusCode() / 100 == 2) {
            return answer;
        }
        String detail = Stream.of("error_description", "errorMessage", "error")
                .map(field -> answer.path(field).asText(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("no reason given");
        throw new ServerRefused("The server refused to " + intent + " (HTTP " + response.statusCode() + "): " + detail);
    }

    private JsonNode parse(String body) {
        if (body == null || body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(body);
        } catch (IOException notJson) {
            return NullNode.getInstance();
        }
    }
}
