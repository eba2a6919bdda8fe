package jp.sekisho.realmconfig.update;

import static jp.sekisho.realmconfig.server.AdminServer.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import jp.sekisho.realmconfig.difference.Difference;
import jp.sekisho.realmconfig.server.AdminServer;
import jp.sekisho.realmconfig.server.ServerRefused;

/**
 * Authentication flows. A flow that differs is never changed in place, since half a flow may let everybody in: the
 * old one is renamed and goes on serving, the new one is built beside it, bound when it is complete, and only then
 * the old one is removed.
 */
final class FlowUpdate {

    private static final String RETIRED = ".replaced-";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final AdminServer server;
    private final String realm;
    private final JsonNode wanted;
    private final JsonNode live;
    private final Map<String, String> retired = new LinkedHashMap<>();

    FlowUpdate(AdminServer server, String realm, JsonNode wanted, JsonNode live) {
        this.server = server;
        this.realm = realm;
        this.wanted = wanted;
        this.live = live;
    }

    /** @throws ServerRefused before anything is changed, if the pack is not installed on the server */
    void requireKnownSteps() {
        JsonNode known = server.get(path(realm, "authentication", "authenticator-providers"));
        Set<String> unknown = new TreeSet<>();
        for (JsonNode flow : wanted.path("authenticationFlows")) {
            for (JsonNode step : flow.path("authenticationExecutions")) {
                String provider = step.path("authenticator").asText("");
                if (!provider.isEmpty()
                        && LiveRealm.element(known, "id", provider).isEmpty()) {
                    unknown.add(provider);
                }
            }
        }
        if (!unknown.isEmpty()) {
            throw new ServerRefused("The server does not know " + String.join(", ", unknown)
                    + ": put Sekisho's jars into providers/ and restart it first.");
        }
    }

    /** Builds every flow that differs, beside the one in use. */
    void build(List<Difference> differences) {
        String stamp = RETIRED + System.currentTimeMillis() / 1000;
        for (JsonNode flow : wanted.path("authenticationFlows")) {
            if (flow.path("topLevel").asBoolean() && differs(flow, differences)) {
                Set<String> tree = tree(flow);
                retire(tree, stamp);
                server.post(path(realm, "authentication", "flows"), head(flow));
                fill(flow);
            }
        }
    }

    /** Clients and identity providers that the firm bound to a retired flow get its successor; retired flows go. */
    void clean() {
        for (Map.Entry<String, String> flow : retired.entrySet()) {
            rebindClients(flow.getKey(), flow.getValue());
        }
        rebindProviders();
        JsonNode flows = server.get(path(realm, "authentication", "flows"));
        for (JsonNode flow : flows) {
            boolean ours = wantedFlow(successor(flow.path("alias").asText()))
                    .path("topLevel")
                    .asBoolean();
            if (ours && flow.path("alias").asText().contains(RETIRED)) {
                server.delete(
                        path(realm, "authentication", "flows", flow.path("id").asText()));
            }
        }
    }

    private boolean differs(JsonNode top, List<Difference> differences) {
        Set<String> flows = tree(top);
        Set<String> configs = configs(flows);
        return differences.stream().anyMatch(difference -> switch (difference.section()) {
            case "authenticationFlows" -> flows.contains(difference.path().get(1));
            case "authenticatorConfig" -> configs.contains(difference.path().get(1));
            default -> false;
        });
    }

    private Set<String> tree(JsonNode flow) {
        var aliases = new LinkedHashSet<String>();
        aliases.add(flow.path("alias").asText());
        for (JsonNode step : flow.path("authenticationExecutions")) {
            if (step.has("flowAlias")) {
                aliases.addAll(tree(wantedFlow(step.path("flowAlias").asText())));
            }
        }
        return aliases;
    }

    private Set<String> configs(Set<String> flows) {
        var aliases = new LinkedHashSet<String>();
        for (String flow : flows) {
            for (JsonNode step : wantedFlow(flow).path("authenticationExecutions")) {
                if (step.has("authenticatorConfig")) {
                    aliases.add(step.path("authenticatorConfig").asText());
                }
            }
        }
        return aliases;
    }

    private void retire(Set<String> tree, String stamp) {
        for (String alias : tree) {
            LiveRealm.element(live.path("authenticationFlows"), "alias", alias).ifPresent(flow -> {
                String id = flow.path("id").asText();
                ObjectNode renamed = head(flow).put("id", id).put("alias", alias + stamp);
                server.put(path(realm, "authentication", "flows", id), renamed);
                retired.put(id, alias);
            });
        }
        for (String alias : configs(tree)) {
            LiveRealm.element(live.path("authenticatorConfig"), "alias", alias).ifPresent(config -> {
                ObjectNode renamed = config.deepCopy();
                server.put(
                        path(
                                realm,
                                "authentication",
                                "config",
                                config.path("id").asText()),
                        renamed.put("alias", alias + stamp));
            });
        }
    }

    private void fill(JsonNode flow) {
        String alias = flow.path("alias").asText();
        JsonNode steps = flow.path("authenticationExecutions");
        for (JsonNode step : steps) {
            add(alias, step);
        }
        JsonNode added = server.get(path(realm, "authentication", "flows", alias, "executions"));
        int next = 0;
        for (JsonNode execution : added) {
            if (execution.path("level").asInt() == 0) {
                complete(alias, execution, steps.get(next++));
            }
        }
        for (JsonNode step : steps) {
            if (step.has("flowAlias")) {
                fill(wantedFlow(step.path("flowAlias").asText()));
            }
        }
    }

    private void add(String flow, JsonNode step) {
        ObjectNode data = NODES.objectNode();
        data.set("priority", step.path("priority"));
        if (step.has("flowAlias")) {
            JsonNode sub = wantedFlow(step.path("flowAlias").asText());
            data.set("alias", sub.path("alias"));
            data.set("type", sub.path("providerId"));
            data.set("description", sub.path("description"));
            server.post(path(realm, "authentication", "flows", flow, "executions", "flow"), data);
        } else {
            data.set("provider", step.path("authenticator"));
            server.post(path(realm, "authentication", "flows", flow, "executions", "execution"), data);
        }
    }

    private void complete(String flow, JsonNode execution, JsonNode step) {
        ObjectNode required = execution.deepCopy();
        required.set("requirement", step.path("requirement"));
        server.put(path(realm, "authentication", "flows", flow, "executions"), required);
        if (step.has("authenticatorConfig")) {
            String alias = step.path("authenticatorConfig").asText();
            JsonNode config = LiveRealm.element(wanted.path("authenticatorConfig"), "alias", alias)
                    .orElseThrow();
            server.post(
                    path(
                            realm,
                            "authentication",
                            "executions",
                            execution.path("id").asText(),
                            "config"),
                    config);
        }
    }

    private void rebindClients(String oldId, String alias) {
        JsonNode flows = server.get(path(realm, "authentication", "flows"));
        String successor = LiveRealm.element(flows, "alias", alias)
                .map(flow -> flow.path("id").asText())
                .orElse("");
        for (JsonNode client : live.path("clients")) {
            JsonNode bindings = client.path("authenticationFlowBindingOverrides");
            ObjectNode moved = NODES.objectNode();
            bindings.properties().forEach(binding -> {
                if (binding.getValue().asText().equals(oldId)) {
                    moved.put(binding.getKey(), successor);
                }
            });
            if (!moved.isEmpty() && !successor.isEmpty()) {
                String id = client.path("id").asText();
                ObjectNode current = (ObjectNode) server.get(path(realm, "clients", id));
                current.withObjectProperty("authenticationFlowBindingOverrides").setAll(moved);
                server.put(path(realm, "clients", id), current);
            }
        }
    }

    private void rebindProviders() {
        for (JsonNode provider : server.get(path(realm, "identity-provider", "instances"))) {
            ObjectNode moved = provider.deepCopy();
            for (String binding : List.of("firstBrokerLoginFlowAlias", "postBrokerLoginFlowAlias")) {
                String successor = successor(provider.path(binding).asText());
                if (retired.containsValue(successor)) {
                    moved.put(binding, successor);
                }
            }
            if (!moved.equals(provider)) {
                server.put(
                        path(
                                realm,
                                "identity-provider",
                                "instances",
                                provider.path("alias").asText()),
                        moved);
            }
        }
    }

    private static String successor(String alias) {
        return alias.replaceFirst("\\.replaced-\\d+$", "");
    }

    private JsonNode wantedFlow(String alias) {
        return LiveRealm.element(wanted.path("authenticationFlows"), "alias", alias)
                .orElse(NODES.missingNode());
    }

    private static ObjectNode head(JsonNode flow) {
        ObjectNode head = flow.deepCopy();
        head.remove("authenticationExecutions");
        return head;
    }
}
