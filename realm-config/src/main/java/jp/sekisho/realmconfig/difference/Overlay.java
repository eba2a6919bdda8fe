package jp.sekisho.realmconfig.difference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** What was found with what is shipped laid over it: nothing the firm added is lost, nothing shipped is missing. */
public final class Overlay {

    private Overlay() {}

    /** @return a new tree in which {@link Differences} finds none; masked values are handed back as they came */
    public static JsonNode over(JsonNode is, JsonNode shall) {
        if (Shape.masked(is)) {
            return is;
        }
        if (shall.isObject() && is.isObject()) {
            return overObject((ObjectNode) is, (ObjectNode) shall);
        }
        if (shall.isArray() && is.isArray()) {
            return overList((ArrayNode) is, (ArrayNode) shall);
        }
        Optional<JsonNode> inner = Shape.document(shall);
        if (inner.isPresent() && Shape.document(is).isPresent()) {
            JsonNode merged = over(Shape.document(is).get(), inner.get());
            return JsonNodeFactory.instance.textNode(merged.toString());
        }
        return shall;
    }

    /** The same, where what is shipped stands as a JSON document inside a text. */
    public static JsonNode overDocument(JsonNode is, JsonNode shall) {
        return over(is, Shape.document(shall).orElseThrow());
    }

    private static JsonNode overObject(ObjectNode is, ObjectNode shall) {
        ObjectNode merged = is.deepCopy();
        shall.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = Shape.ordered(name) ? field.getValue() : over(is.path(name), field.getValue());
            merged.set(name, value);
        });
        return merged;
    }

    private static JsonNode overList(ArrayNode is, ArrayNode shall) {
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : is) {
            merged.add(Shape.counterpart(element, shall)
                    .map(shipped -> over(element, shipped))
                    .orElse(element));
        }
        for (JsonNode element : shall) {
            if (Shape.counterpart(element, is).isEmpty()) {
                merged.add(element);
            }
        }
        return merged;
    }
}
