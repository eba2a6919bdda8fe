package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.integrationtests.visitor.App;

/** A firm's server that asks about operations of those who are logged in to its trading app. */
final class Backend {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final World world;
    private final String client;
    private final URI node;

    private Backend(World world, String client, URI node) {
        this.world = world;
        this.client = client;
        this.node = node;
    }

    /** @param more of the client, besides what every one of them has */
    static Backend made(World world, Map<String, String> attributes, String... roles) {
        String client = "backend-" + UUID.randomUUID();
        Map<String, Object> made = new HashMap<>();
        made.put("clientId", client);
        made.put("publicClient", false);
        made.put("secret", World.SECRET);
        made.put("serviceAccountsEnabled", true);
        made.put("standardFlowEnabled", false);
        made.put("fullScopeAllowed", true);
        made.put("defaultClientScopes", List.of("basic", "acr", "roles", "sekisho"));
        made.put("attributes", attributes);
        world.admin().post(World.realm("/clients"), made);
        String account = world.admin()
                .get(World.realm("/clients/" + id(world, client) + "/service-account-user"))
                .path("id")
                .asText();
        String sekisho = id(world, "sekisho");
        for (String name : roles) {
            JsonNode role = world.admin().get(World.realm("/clients/" + sekisho + "/roles/" + name));
            world.admin().post(World.realm("/users/" + account + "/role-mappings/clients/" + sekisho), List.of(role));
        }
        return new Backend(world, client, world.base());
    }

    /** That of the trading app. */
    static Backend ofTheTradingApp(World world) {
        return made(
                world,
                Map.of(
                        "sekisho.front-ends",
                        world.app().client(),
                        "sekisho.operations",
                        "TRADE WITHDRAWAL BANK_ACCOUNT_CHANGE PROFILE_CHANGE"),
                "evaluate-operations");
    }

    private static String id(World world, String client) {
        return world.admin()
                .get(World.realm("/clients?clientId=" + client))
                .path(0)
                .path("id")
                .asText();
    }

    /** Path of the client. */
    String path() {
        return World.realm("/clients/" + id(world, client));
    }

    /** Changes what the client is. */
    void change(Consumer<ObjectNode> by) {
        String path = path();
        ObjectNode now = world.admin().get(path).deepCopy();
        by.accept(now);
        world.admin().put(path, now);
    }

    /** Path of the user in whose name the client calls. */
    String account() {
        return World.realm("/users/"
                + world.admin().get(path() + "/service-account-user").path("id").asText());
    }

    /** The same, asking another node. */
    Backend on(URI other) {
        return new Backend(world, client, other);
    }

    String client() {
        return client;
    }

    String token() throws Exception {
        App own = new App(world.base(), DemoRealm.NAME, client, Optional.of(World.SECRET), "http://localhost/none");
        HttpResponse<String> answer = own.token(
                Map.of("grant_type", "client_credentials", "client_id", client, "client_secret", World.SECRET));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).path("access_token").asText();
    }

    /** Takes a token back, as its client may. */
    HttpResponse<String> revoke(String token) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(node.resolve("/realms/" + DemoRealm.NAME + "/protocol/openid-connect/revoke"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                App.form(Map.of("client_id", client, "client_secret", World.SECRET, "token", token))))
                        .build(),
                BodyHandlers.ofString());
    }

    /** A request about somebody, with an id of its own. */
    static ObjectNode request(String type, App.Tokens customer, String details) throws Exception {
        return request(type, details).put("subjectToken", customer.access());
    }

    /** The same about nobody yet. */
    static ObjectNode request(String type, String details) throws Exception {
        ObjectNode request = JSON.createObjectNode()
                .put("id", UUID.randomUUID().toString())
                .put("type", type)
                .put("occurredAt", Instant.now().toString());
        request.set("details", JSON.readTree(details));
        return request;
    }

    HttpResponse<String> propose(JsonNode request) throws Exception {
        return propose(token(), request);
    }

    HttpResponse<String> propose(String token, JsonNode request) throws Exception {
        return post("", token, "application/json", request.toString());
    }

    HttpResponse<String> redeem(JsonNode operation, String digest) throws Exception {
        return redeem(token(), operation, digest);
    }

    HttpResponse<String> redeem(String token, JsonNode operation, String digest) throws Exception {
        return post(
                '/' + operation.path("operation").asText() + "/redeem",
                token,
                "application/json",
                JSON.createObjectNode().put("digest", digest).toString());
    }

    HttpResponse<String> redeem(JsonNode operation) throws Exception {
        return redeem(operation, operation.path("digest").asText());
    }

    HttpResponse<String> result(JsonNode operation, String result) throws Exception {
        return result(token(), operation, result);
    }

    HttpResponse<String> result(String token, JsonNode operation, String result) throws Exception {
        return post(
                '/' + operation.path("operation").asText() + "/result",
                token,
                "application/json",
                JSON.createObjectNode().put("result", result).toString());
    }

    JsonNode get(JsonNode operation) throws Exception {
        return read(get(token(), operation.path("operation").asText()), 200);
    }

    HttpResponse<String> get(String token, String id) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri('/' + id))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String token, String type, String body) throws Exception {
        return post(uri(path), token, type, body);
    }

    HttpResponse<String> signals(String token, String type, String body) throws Exception {
        return post(node.resolve("/realms/" + DemoRealm.NAME + "/sekisho/signals"), token, type, body);
    }

    private static HttpResponse<String> post(URI uri, String token, String type, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", type)
                        // As the proxy in front sets it.
                        .header("X-Forwarded-Proto", "http")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return node.resolve("/realms/" + DemoRealm.NAME + "/sekisho/operations" + path);
    }

    static JsonNode read(HttpResponse<String> answer, int status) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }
}
