package jp.sekisho.realmconfig.update;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The clients of a realm that ask about operations, and those that their customers log in to.
 *
 * @param known all of the realm, by client id
 * @param confirming those at which customers log in, and confirm
 */
record AppsOfTheFirm(Set<String> known, Set<String> confirming) {

    private static final String OPERATIONS = "sekisho.operations";
    private static final String FRONT_ENDS = "sekisho.front-ends";

    /** How an app's server shows who it is, and what it may ask about, is the firm's decision: shipped once. */
    private static final List<String> OWN = List.of(OPERATIONS, FRONT_ENDS, "use.jwks.url", "jwks.url");

    static AppsOfTheFirm of(JsonNode live) {
        Set<String> known = new LinkedHashSet<>();
        Set<String> pages = new LinkedHashSet<>();
        Set<String> asking = new LinkedHashSet<>();
        for (JsonNode client : live.path("clients")) {
            known.add(client.path("clientId").asText());
            if (client.path("standardFlowEnabled").asBoolean()) {
                pages.add(client.path("clientId").asText());
            }
            JsonNode attributes = client.path("attributes");
            if (attributes.hasNonNull(OPERATIONS)) {
                asking.add(client.path("clientId").asText());
                Stream.of(attributes.path(FRONT_ENDS).asText().strip().split("\\s+"))
                        .forEach(asking::add);
            }
        }
        asking.retainAll(pages);
        return new AppsOfTheFirm(known, asking);
    }

    /** Leaves the firm its decisions, and gives each of these apps the scope that says what was confirmed. */
    void keep(ObjectNode wanted) {
        for (JsonNode client : wanted.path("clients")) {
            if (client.path("attributes").has(OPERATIONS)
                    && known.contains(client.path("clientId").asText())) {
                ((ObjectNode) client).remove("clientAuthenticatorType");
                ((ObjectNode) client.path("attributes")).remove(OWN);
            }
        }
        // Whoever was disabled since stays so.
        wanted.path("users").forEach(account -> ((ObjectNode) account).remove("enabled"));
        Set<String> more = new LinkedHashSet<>(confirming);
        wanted.path("clients")
                .forEach(client -> more.remove(client.path("clientId").asText()));
        more.forEach(client -> wanted.withArray("clients")
                .addObject()
                .put("clientId", client)
                .putArray("defaultClientScopes")
                .add("operation"));
    }
}
