package jp.sekisho.demo.tour;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.stack.keycloak.Admin;

/** The realm's policy, of which an administrator alone makes what is stricter. */
final class Policy {

    private static final String COMPONENTS = "/admin/realms/" + DemoRealm.NAME + "/components";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Admin admin;

    Policy(Admin admin) {
        this.admin = admin;
    }

    void ask(String section, String key, String value) {
        ObjectNode component = (ObjectNode) admin.get(COMPONENTS + "?type=jp.sekisho.checkpoint.policy.PolicyProvider")
                .path(0);
        try {
            ObjectNode changes =
                    (ObjectNode) JSON.readTree(component.at("/config/changes/0").asText());
            changes.withObjectProperty(section).put(key, value);
            component.withObjectProperty("config").putArray("changes").add(changes.toString());
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        admin.put(COMPONENTS + '/' + component.path("id").asText(), component);
    }
}
