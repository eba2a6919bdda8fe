package jp.sekisho.realmconfig.difference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** How Keycloak's realm representation is to be read: what names a list's elements, where order counts. */
final class Shape {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NAMES = List.of(
            "clientId",
            "alias",
            "flowAlias",
            "name",
            "authenticator",
            "providerId",
            "condition",
            "executor",
            "username",
            "client");

    /** The steps of a flow: their order is their meaning, and one more is another flow. */
    private static final String ORDERED = "authenticationExecutions";

    /** What the server says instead of a value that it holds to be a secret. */
    private static final String MASKED = "**********";

    private Shape() {}

    static boolean ordered(String field) {
        return field.equals(ORDERED);
    }

    static boolean masked(JsonNode node) {
        return MASKED.equals(node.textValue());
    }

    static Optional<String> name(JsonNode element) {
        return NAMES.stream()
                .map(field -> element.path(field).textValue())
                .filter(name -> name != null)
                .findFirst();
    }

    /** How an element is called in a path. */
    static String label(JsonNode element) {
        return name(element).orElseGet(() -> document(element).isPresent() ? "(document)" : element.asText());
    }

    /** The element of a list with the same name; of documents the document; of plain values the same value. */
    static Optional<JsonNode> counterpart(JsonNode element, JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(other -> label(other).equals(label(element)))
                .findFirst();
    }

    /** A JSON document that stands inside a text, as the user profile does. */
    static Optional<JsonNode> document(JsonNode node) {
        String text = node.isTextual() ? node.textValue().strip() : "";
        if (!text.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
