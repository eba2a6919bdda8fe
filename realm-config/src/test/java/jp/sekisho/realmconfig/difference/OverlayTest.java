package jp.sekisho.realmconfig.difference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OverlayTest {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Property
    void afterwardsNothingDiffers(@ForAll("realms") JsonNode is, @ForAll("realms") JsonNode shall) {
        assertThat(Differences.between(shall, Overlay.over(is, shall))).isEmpty();
    }

    @Property
    void aSecondTimeChangesNothing(@ForAll("realms") JsonNode is, @ForAll("realms") JsonNode shall) {
        JsonNode once = Overlay.over(is, shall);
        assertThat(Overlay.over(once, shall)).isEqualTo(once);
    }

    @Property
    void whatTheFirmAddedStays(@ForAll("realms") JsonNode is, @ForAll("realms") JsonNode shall) {
        ObjectNode firm = is.deepCopy();
        firm.withArrayProperty("clients").addObject().put("clientId", "firm").put("secret", "kept");
        firm.put("firm", "kept");
        JsonNode merged = Overlay.over(firm, shall);
        assertThat(merged.path("firm").asText()).isEqualTo("kept");
        assertThat(merged.path("clients").toString()).contains("{\"clientId\":\"firm\",\"secret\":\"kept\"}");
    }

    @Provide
    Arbitrary<JsonNode> realms() {
        Arbitrary<String> names = Arbitraries.of("a", "b", "c");
        Arbitrary<JsonNode> scalars = Arbitraries.oneOf(
                names.map(NODES::textNode), Arbitraries.integers().between(0, 2).map(NODES::numberNode));
        Arbitrary<Map<String, JsonNode>> fields = Arbitraries.maps(Arbitraries.of("x", "y"), scalars);
        Arbitrary<JsonNode> clients = Arbitraries.maps(names, fields).map(named -> list("clientId", named));
        Arbitrary<JsonNode> steps = Arbitraries.maps(names, fields).map(named -> list("authenticator", named));
        Arbitrary<JsonNode> locales = names.set().map(OverlayTest::list);
        Arbitrary<JsonNode> document =
                fields.map(map -> NODES.textNode(object(map).toString()));
        return Combinators.combine(clients, steps, locales, document, fields)
                .as((client, step, locale, profile, rest) -> {
                    ObjectNode realm = object(rest);
                    realm.set("clients", client);
                    realm.set("authenticationExecutions", step);
                    realm.set("locales", locale);
                    realm.set("profile", profile);
                    realm.putArray("config").add(profile);
                    return realm;
                });
    }

    private static JsonNode list(String name, Map<String, Map<String, JsonNode>> elements) {
        ArrayNode list = NODES.arrayNode();
        elements.forEach((key, fields) -> list.add(object(fields).put(name, key)));
        return list;
    }

    private static JsonNode list(Iterable<String> texts) {
        ArrayNode list = NODES.arrayNode();
        texts.forEach(list::add);
        return list;
    }

    private static ObjectNode object(Map<String, JsonNode> fields) {
        ObjectNode object = NODES.objectNode();
        fields.forEach(object::set);
        return object;
    }
}
