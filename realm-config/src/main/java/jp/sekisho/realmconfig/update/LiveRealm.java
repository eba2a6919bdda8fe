package jp.sekisho.realmconfig.update;

import static jp.sekisho.realmconfig.server.AdminServer.path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import jp.sekisho.realmconfig.difference.Difference;
import jp.sekisho.realmconfig.difference.Differences;
import jp.sekisho.realmconfig.server.AdminServer;
import jp.sekisho.realmconfig.shipped.ShippedRealm;

/** A realm on a server. */
public final class LiveRealm {

    /** Which risk policy applies is the firm's decision: shipped once, never overwritten. */
    private static final String POLICY = "jp.sekisho.checkpoint.policy.PolicyProvider";

    private final AdminServer server;
    private final String name;

    public LiveRealm(AdminServer server, String name) {
        this.server = server;
        this.name = name;
    }

    public boolean exists() {
        return server.find(path(name)).isPresent();
    }

    /** Creates the realm as Keycloak's import would. */
    public void create(ShippedRealm shipped) {
        // Asked of master, which every server has.
        new FlowUpdate(server, "master", shipped.state(), MissingNode.getInstance()).requireKnownSteps();
        server.post("", shipped.importable());
        server.forgetToken();
    }

    /** @return what is not as shipped; empty if nothing is to be done */
    public List<Difference> differences(ShippedRealm shipped) {
        JsonNode live = export(shipped);
        return Differences.between(wanted(shipped, live), live);
    }

    /**
     * Brings what differs to the shipped configuration, and only that.
     *
     * @return what differs afterwards; empty unless the server keeps a setting in another form than it was given
     */
    public List<Difference> update(ShippedRealm shipped) {
        JsonNode live = export(shipped);
        ObjectNode wanted = wanted(shipped, live);
        List<Difference> differences = Differences.between(wanted, live);
        new FlowUpdate(server, name, wanted, live).requireKnownSteps();
        new RealmUpdate(server, name, wanted, live).apply(differences);
        return differences(shipped);
    }

    private JsonNode export(ShippedRealm shipped) {
        var live = (ObjectNode) server.post(
                path(name, "partial-export") + "?exportClients=true&exportGroupsAndRoles=true",
                JsonNodeFactory.instance.objectNode());
        // A section that the server leaves out is an empty one.
        shipped.state().properties().forEach(section -> {
            if (section.getValue().isObject() && !live.hasNonNull(section.getKey())) {
                live.putObject(section.getKey());
            } else if (section.getValue().isArray() && !live.hasNonNull(section.getKey())) {
                live.putArray(section.getKey());
            }
        });
        return live;
    }

    private static ObjectNode wanted(ShippedRealm shipped, JsonNode live) {
        ObjectNode wanted = shipped.state();
        if (live.path("components").path(POLICY).size() > 0) {
            wanted.withObjectProperty("components").remove(POLICY);
        }
        AppsOfTheFirm.of(live).keep(wanted);
        return wanted;
    }

    /** The element of a server's list whose field has the value. */
    static Optional<JsonNode> element(JsonNode list, String field, String value) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(element -> value.equals(element.path(field).textValue()))
                .findFirst();
    }
}
