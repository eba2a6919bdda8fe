package jp.sekisho.realmconfig.difference;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What is missing or other than shipped. What the firm added is no difference, save in the steps of a shipped flow.
 * A value that the server masks cannot be compared and is taken as it shall be.
 */
public final class Differences {

    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    /** @return the differences in the order of the shipped representation; empty if there are none */
    public static List<Difference> between(JsonNode shall, JsonNode is) {
        var differences = new Differences();
        differences.compare(List.of(), shall, is);
        return List.copyOf(differences.found);
    }

    private void compare(List<String> path, JsonNode shall, JsonNode is) {
        if (Shape.masked(is)) {
            return;
        }
        if (shall.isObject() && is.isObject()) {
            shall.properties()
                    .forEach(field -> compare(down(path, field.getKey()), field.getValue(), is.path(field.getKey())));
        } else if (shall.isArray() && is.isArray()) {
            compareList(path, shall, is);
        } else if (Shape.document(shall).isPresent() && Shape.document(is).isPresent()) {
            compare(path, Shape.document(shall).get(), Shape.document(is).get());
        } else if (!equal(shall, is)) {
            found.add(new Difference(path, is, shall));
        }
    }

    private void compareList(List<String> path, JsonNode shall, JsonNode is) {
        if (!path.isEmpty() && Shape.ordered(path.get(path.size() - 1))) {
            compareSteps(path, shall, is);
            return;
        }
        for (JsonNode element : shall) {
            JsonNode other = Shape.counterpart(element, is).orElse(MissingNode.getInstance());
            compare(down(path, Shape.label(element)), element, other);
        }
    }

    private void compareSteps(List<String> path, JsonNode shall, JsonNode is) {
        for (int i = 0; i < Math.max(shall.size(), is.size()); i++) {
            JsonNode element = shall.path(i);
            String name = Shape.name(element).orElse(String.valueOf(i));
            compare(down(path, name), element, is.path(i));
        }
    }

    private static boolean equal(JsonNode shall, JsonNode is) {
        // Keycloak does not store what is empty.
        return shall.equals(is) || (absent(shall) && absent(is));
    }

    private static boolean absent(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || (node.isTextual() && node.textValue().isEmpty())
                || (node.isContainerNode() && node.isEmpty());
    }

    private static List<String> down(List<String> path, String name) {
        var longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }
}
