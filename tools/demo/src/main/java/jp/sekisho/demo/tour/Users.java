package jp.sekisho.demo.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jp.sekisho.demo.Customer;
import jp.sekisho.demo.DemoRealm;
import jp.sekisho.stack.keycloak.Admin;
import jp.sekisho.stack.passkey.SoftPasskey;

/** What an administrator sees and does of the realm's users. */
final class Users {

    private static final String REALM = "/admin/realms/" + DemoRealm.NAME;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Admin admin;

    Users(Admin admin) {
        this.admin = admin;
    }

    String id(Customer customer) {
        return user(customer).path("id").asText();
    }

    int sessions(Customer customer) {
        return admin.get(REALM + "/users/" + id(customer) + "/sessions").size();
    }

    void endSessions(Customer customer) {
        admin.post(REALM + "/users/" + id(customer) + "/logout", "");
    }

    void give(Customer officer, String role) {
        admin.post(
                REALM + "/users/" + id(officer) + "/role-mappings/realm", List.of(admin.get(REALM + "/roles/" + role)));
    }

    /** A passkey that the user has had for long: nobody enrols it in this story. */
    SoftPasskey passkey(Customer owner) {
        ObjectNode user = (ObjectNode) user(owner);
        SoftPasskey passkey = SoftPasskey.of(id(owner));
        user.putArray("credentials")
                .addObject()
                .put("type", "webauthn-passwordless")
                .put("secretData", "{}")
                .put("credentialData", passkey.credentialData());
        admin.put(REALM + "/users/" + id(owner), user);
        return passkey;
    }

    /** Waits until the user is enabled, or is not, and has as few sessions as that allows. */
    void await(Customer customer, boolean enabled) throws InterruptedException {
        Instant deadline = Instant.now().plus(SOON);
        while (user(customer).path("enabled").asBoolean() != enabled || !enabled && sessions(customer) > 0) {
            Told.that(
                    Instant.now().isBefore(deadline),
                    enabled ? "the user is enabled" : "the user is disabled and has no session",
                    user(customer) + ", sessions: " + sessions(customer));
            Thread.sleep(200);
        }
    }

    private JsonNode user(Customer customer) {
        return admin.get(REALM + "/users?exact=true&username=" + customer.username())
                .path(0);
    }
}
