package jp.sekisho.realmconfig.update;

import static jp.sekisho.realmconfig.server.AdminServer.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.sekisho.realmconfig.difference.Difference;
import jp.sekisho.realmconfig.difference.Overlay;
import jp.sekisho.realmconfig.server.AdminServer;
import jp.sekisho.realmconfig.server.ServerRefused;

/** Writes the sections of a realm that differ. Nothing is deleted; what the firm added stays. */
final class RealmUpdate {

    /** Sections with an interface of their own; every other one is a field of the realm itself. */
    private static final Set<String> OWN_INTERFACE = Set.of(
            "authenticationFlows",
            "authenticatorConfig",
            "requiredActions",
            "clientScopes",
            "defaultDefaultClientScopes",
            "roles",
            "clients",
            "clientScopeMappings",
            "users",
            "components",
            "localizationTexts");

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final AdminServer server;
    private final String realm;
    private final ObjectNode wanted;
    private final JsonNode live;

    RealmUpdate(AdminServer server, String realm, ObjectNode wanted, JsonNode live) {
        this.server = server;
        this.realm = realm;
        this.wanted = wanted;
        this.live = live;
    }

    void apply(List<Difference> differences) {
        var flows = new FlowUpdate(server, realm, wanted, live);
        flows.build(differences);
        different("requiredActions", differences).forEach(this::requiredAction);
        different("clientScopes", differences).forEach(this::clientScope);
        different("defaultDefaultClientScopes", differences).forEach(this::defaultClientScope);
        realmRoles(differences);
        different("clients", differences).forEach(this::client);
        clientRoles(differences);
        different("clientScopeMappings", differences).forEach(this::scopeMappings);
        different("users", differences).forEach(this::serviceAccount);
        different("components", differences).forEach(this::components);
        different("localizationTexts", differences).forEach(this::texts);
        // Last: what is bound here has been built above.
        realmItself(differences);
        flows.clean();
    }

    /** The names of a section's elements that differ. */
    private static Set<String> different(String section, List<Difference> differences) {
        return differences.stream()
                .filter(difference -> difference.section().equals(section))
                .map(difference -> difference.path().get(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private void realmItself(List<Difference> differences) {
        boolean flowsChanged = !different("authenticationFlows", differences).isEmpty()
                || !different("authenticatorConfig", differences).isEmpty();
        boolean fieldsChanged = differences.stream().anyMatch(each -> !OWN_INTERFACE.contains(each.section()));
        if (!flowsChanged && !fieldsChanged) {
            return;
        }
        ObjectNode fields = wanted.deepCopy();
        fields.remove(OWN_INTERFACE);
        server.put(path(realm), Overlay.over(server.get(path(realm)), fields));
    }

    private void requiredAction(String alias) {
        JsonNode action = wanted("requiredActions", "alias", alias);
        if (server.find(path(realm, "authentication", "required-actions", alias))
                .isEmpty()) {
            ObjectNode registration = NODES.objectNode();
            registration.set("providerId", action.path("providerId"));
            registration.set("name", action.path("name"));
            server.post(path(realm, "authentication", "register-required-action"), registration);
        }
        put(action, "authentication", "required-actions", alias);
    }

    private void clientScope(String name) {
        JsonNode shipped = wanted("clientScopes", "name", name);
        Optional<JsonNode> existing = LiveRealm.element(live.path("clientScopes"), "name", name);
        if (existing.isEmpty()) {
            server.post(path(realm, "client-scopes"), shipped);
            return;
        }
        String id = existing.get().path("id").asText();
        ObjectNode scope = shipped.deepCopy();
        scope.remove("protocolMappers");
        put(scope, "client-scopes", id);
        for (JsonNode mapper : shipped.path("protocolMappers")) {
            String mapperName = mapper.path("name").asText();
            LiveRealm.element(existing.get().path("protocolMappers"), "name", mapperName)
                    .map(found -> found.path("id").asText())
                    .ifPresentOrElse(
                            found -> put(mapper, "client-scopes", id, "protocol-mappers", "models", found),
                            () -> server.post(path(realm, "client-scopes", id, "protocol-mappers", "models"), mapper));
        }
    }

    private void defaultClientScope(String name) {
        server.put(path(realm, "default-default-client-scopes", scopeId(name)), NODES.objectNode());
    }

    private String scopeId(String name) {
        return LiveRealm.element(server.get(path(realm, "client-scopes")), "name", name)
                .map(scope -> scope.path("id").asText())
                .orElseThrow(() -> new ServerRefused("The realm " + realm + " has no client scope " + name + "."));
    }

    private void realmRoles(List<Difference> differences) {
        if (different("roles", differences).contains("realm")) {
            wanted.path("roles").path("realm").forEach(role -> role(role, "roles"));
        }
    }

    private void clientRoles(List<Difference> differences) {
        if (!different("roles", differences).contains("client")) {
            return;
        }
        wanted.path("roles").path("client").properties().forEach(client -> {
            String id = clientId(client.getKey());
            client.getValue().forEach(role -> role(role, "clients", id, "roles"));
        });
    }

    private void role(JsonNode role, String... container) {
        String roles = path(realm) + path(container);
        String named = roles + path(role.path("name").asText());
        server.find(named)
                .ifPresentOrElse(
                        existing -> server.put(named, Overlay.over(existing, role)), () -> server.post(roles, role));
    }

    private void client(String clientId) {
        JsonNode shipped = wanted("clients", "clientId", clientId);
        if (LiveRealm.element(live.path("clients"), "clientId", clientId).isEmpty()) {
            server.post(path(realm, "clients"), shipped);
            return;
        }
        String id = clientId(clientId);
        put(shipped, "clients", id);
        for (JsonNode scope : shipped.path("defaultClientScopes")) {
            server.put(
                    path(realm, "clients", id, "default-client-scopes", scopeId(scope.asText())), NODES.objectNode());
        }
    }

    /** @param owner the client whose roles others may have in their tokens */
    private void scopeMappings(String owner) {
        for (JsonNode mapping : wanted.path("clientScopeMappings").path(owner)) {
            String id = clientId(mapping.path("client").asText());
            server.post(
                    path(realm, "clients", id, "scope-mappings", "clients", clientId(owner)),
                    roles(owner, mapping.path("roles")));
        }
    }

    /** The only users that are shipped. */
    private void serviceAccount(String username) {
        JsonNode account = wanted("users", "username", username);
        String client = clientId(account.path("serviceAccountClientId").asText());
        String user = server.get(path(realm, "clients", client, "service-account-user"))
                .path("id")
                .asText();
        account.path("clientRoles")
                .properties()
                .forEach(owner -> server.post(
                        path(realm, "users", user, "role-mappings", "clients", clientId(owner.getKey())),
                        roles(owner.getKey(), owner.getValue())));
    }

    private ArrayNode roles(String owner, JsonNode names) {
        ArrayNode roles = NODES.arrayNode();
        names.forEach(name -> roles.add(server.get(path(realm, "clients", clientId(owner), "roles", name.asText()))));
        return roles;
    }

    private String clientId(String clientId) {
        String query = "?clientId=" + path(clientId).substring(1);
        return server.get(path(realm, "clients") + query).path(0).path("id").asText();
    }

    private void components(String type) {
        for (JsonNode component : wanted.path("components").path(type)) {
            String provider = component.path("providerId").asText();
            JsonNode existing = LiveRealm.element(live.path("components").path(type), "providerId", provider)
                    .orElse(NODES.missingNode());
            if (provider.equals("declarative-user-profile")) {
                userProfile(component);
            } else if (existing.isMissingNode()) {
                ObjectNode created = component.deepCopy();
                created.remove("subComponents");
                server.post(path(realm, "components"), created.put("providerType", type));
            } else {
                ObjectNode shipped = component.deepCopy();
                shipped.remove("subComponents");
                put(shipped, "components", existing.path("id").asText());
            }
        }
    }

    /** The profile has an interface of its own, which also works before the realm has the component. */
    private void userProfile(JsonNode component) {
        JsonNode text = component.path("config").path("kc.user.profile.config").path(0);
        JsonNode current = server.get(path(realm, "users", "profile"));
        server.put(path(realm, "users", "profile"), Overlay.overDocument(current, text));
    }

    private void texts(String locale) {
        server.post(
                path(realm, "localization", locale),
                wanted.path("localizationTexts").path(locale));
    }

    private JsonNode wanted(String section, String field, String name) {
        return LiveRealm.element(wanted.path(section), field, name).orElseThrow();
    }

    /** Changes what stands there by what is shipped. */
    private void put(JsonNode shipped, String... segments) {
        String place = path(realm) + path(segments);
        server.put(place, Overlay.over(server.get(place), shipped));
    }
}
