package jp.sekisho.integrationtests.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;
import java.util.TreeSet;

/** The OpenAPI document as a server hands it out, and what of it was met: each answer is looked at by it. */
final class Contract {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;
    private final Set<String> met = new TreeSet<>();

    private Contract(JsonNode document) {
        this.document = document;
    }

    static Contract of(World world) throws Exception {
        URI uri = world.base().resolve("/realms/broker/sekisho/openapi.json");
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new Contract(JSON.readTree(answer.body()));
    }

    /** @param path as the document has it */
    void check(String method, String path, HttpResponse<String> answer) throws Exception {
        JsonNode responses = document.path("paths").path(path).path(method).path("responses");
        JsonNode response = responses.path(String.valueOf(answer.statusCode()));
        assertThat(response.isObject())
                .as("%s %s answers %s: %s", method, path, answer.statusCode(), answer.body())
                .isTrue();
        met.add(method + ' ' + path + ' ' + answer.statusCode());
        String type = answer.headers().firstValue("Content-Type").orElseThrow().replaceAll(";.*", "");
        JsonNode schema = response.path("content").path(type).path("schema");
        assertThat(schema.isObject()).as(type).isTrue();
        assertThat(schema(schema).validate(answer.body(), InputFormat.JSON))
                .as(answer.body())
                .isEmpty();
        response.path("headers")
                .fieldNames()
                .forEachRemaining(name ->
                        assertThat(answer.headers().firstValue(name)).as(name).isPresent());
        properties(schema.path("$ref").asText().replaceAll(".*/", ""), JSON.readTree(answer.body()));
    }

    /** What an app sends is looked at, too: the document would refuse nothing that is taken. */
    void checkRequest(JsonNode request) {
        checkRequest("Request", request);
    }

    void checkRequest(String name, JsonNode request) {
        ObjectNode schema = JSON.createObjectNode().put("$ref", "#/components/schemas/" + name);
        assertThat(schema(schema).validate(request.toString(), InputFormat.JSON))
                .as(request.toString())
                .isEmpty();
    }

    private Schema schema(JsonNode reference) {
        ObjectNode schema = reference.deepCopy();
        schema.set("components", document.path("components"));
        return REGISTRY.getSchema(schema.toString(), InputFormat.JSON);
    }

    private void properties(String schema, JsonNode body) {
        body.fieldNames().forEachRemaining(name -> met.add(schema + '.' + name));
    }

    /** What of the document no answer was like: statuses of routes, properties of answers. @param under of which routes @param but what only a fault brings */
    Set<String> missed(String under, Set<String> but) {
        Set<String> all = new TreeSet<>();
        document.path("paths").properties().stream()
                .filter(path -> path.getKey().startsWith(under))
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> method.getValue().has("responses"))
                        .forEach(method -> method.getValue()
                                .path("responses")
                                .fieldNames()
                                .forEachRemaining(
                                        status -> all.add(method.getKey() + ' ' + path.getKey() + ' ' + status))));
        for (String schema : Set.of("Operation", "Problem")) {
            document.at("/components/schemas/" + schema + "/properties")
                    .fieldNames()
                    .forEachRemaining(name -> all.add(schema + '.' + name));
        }
        all.removeAll(met);
        all.removeIf(one -> but.stream().anyMatch(one::endsWith));
        return all;
    }
}
