package jp.sekisho.endpoints.officer;

import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Optional;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Customers as officers see them. */
public class OfficerResource {

    static final String ROLE = "sekisho-officer";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminAuth auth;
    private final AdminEventBuilder adminEvent;

    OfficerResource(KeycloakSession session, RealmModel realm, AdminAuth auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    /** @throws Problem 403 for anybody but an officer of this very realm, 404 for who is no customer of a guarded realm */
    @Path("customers/{user}")
    public CustomerLocksResource customer(@PathParam("user") String userId) {
        if (!officer()) {
            throw Problem.forbidden("The role " + ROLE + " of this realm is required.");
        }
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        UserModel user = session.users().getUserById(realm, userId);
        if (policy.isEmpty() || user == null) {
            throw Problem.notFound("No such customer.");
        }
        return new CustomerLocksResource(session, realm, policy.get(), user, auth.getUser(), adminEvent);
    }

    /** An administrator of the server is no officer: the firm decides who is, in this realm. */
    private boolean officer() {
        RoleModel role = realm.getRole(ROLE);
        return role != null
                && auth.getRealm().equals(realm)
                && auth.hasRealmRole(ROLE)
                && auth.getUser().hasRole(role);
    }
}
