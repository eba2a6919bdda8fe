package jp.sekisho.realmconfig.difference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * One setting that is not as it shall be.
 *
 * @param path where, from the realm's representation downwards; list elements by their name
 * @param is what was found; a missing node if nothing
 * @param shall what is shipped
 */
public record Difference(List<String> path, JsonNode is, JsonNode shall) {

    private static final int SHOWN = 200;

    /** The part of the representation that the setting belongs to, such as {@code clients}. */
    public String section() {
        return path.get(0);
    }

    /** Path: is → shall, on one line. */
    @Override
    public String toString() {
        return String.join("/", path) + ": " + text(is) + " → " + text(shall);
    }

    private static String text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return "(absent)";
        }
        String text = node.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
