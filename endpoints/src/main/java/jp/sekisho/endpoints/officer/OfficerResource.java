package jp.sekisho.endpoints.officer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.lock.LockRecords;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Customers' locks: what they are, and an officer's lifting them. Errors are problem documents (RFC 9457). */
// FFAJ-1.2-S3, JP25-7
public class OfficerResource {

    static final String ROLE = "sekisho-officer";

    private static final int LONGEST_REASON = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

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

    /** Whether anything is locked, and all that is counted: {@link LockView}. */
    @GET
    @Path("customers/{user}/locks")
    public Response locks(@PathParam("user") String userId) {
        return forOfficer(
                userId,
                customer -> Response.ok(
                                LockView.of(customer.guard().counters(customer.pseudonym())),
                                MediaType.APPLICATION_JSON_TYPE)
                        .build());
    }

    /**
     * Lifts every lock of the customer; what was guessed so far is not forgotten.
     *
     * @param body {@code {"reason": "…"}}, 1 to 500 characters
     * @return 204; 400 without a reason, 403 for anybody but an officer of this very realm, 404 for who is no customer of
     *     a guarded realm, 409 where nothing is locked
     */
    @POST
    @Path("customers/{user}/unlock")
    public Response unlock(@PathParam("user") String userId, String body) {
        return forOfficer(userId, customer -> {
            Optional<String> reason = reason(body);
            if (reason.isEmpty()) {
                return Problem.badRequest(
                        "reason", "A JSON object with a reason of 1 to " + LONGEST_REASON + " characters is required.");
            }
            if (!LockView.of(customer.guard().counters(customer.pseudonym())).locked()) {
                return Problem.conflict("not-locked", "Nothing of this customer is locked.");
            }
            unlock(customer, reason.get());
            return Response.noContent().build();
        });
    }

    private void unlock(Customer customer, String reason) {
        // Nothing is lifted without its record (decision 9).
        new LockRecords(session, realm, customer.policy())
                .lifted(customer.pseudonym(), auth.getUser().getId(), reason);
        customer.guard().unlocked(customer.pseudonym());
        Notices.of(session, realm, customer.policy())
                .tell(
                        customer.user(),
                        Notice.UNLOCK,
                        NoticeValues.at(CustomerFile.of(session, realm, customer.pseudonym())
                                .now()));
        adminEvent
                .operation(OperationType.ACTION)
                .resource("SEKISHO_LOCK")
                .resourcePath("sekisho", "customers", customer.user().getId(), "unlock")
                .representation(Map.of("reason", reason))
                .success();
    }

    private record Customer(UserModel user, String pseudonym, RealmPolicy policy, Guard guard) {}

    private Response forOfficer(String userId, Function<Customer, Response> work) {
        if (!officer()) {
            return Problem.forbidden("The role " + ROLE + " of this realm is required.");
        }
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        UserModel user = session.users().getUserById(realm, userId);
        if (policy.isEmpty() || user == null) {
            return Problem.notFound("No such customer.");
        }
        Guard guard = Guard.of(session, realm, policy.get());
        return work.apply(new Customer(user, Customers.pseudonym(session, realm, user), policy.get(), guard));
    }

    /** An administrator of the server is no officer: the firm decides who is, in this realm. */
    private boolean officer() {
        RoleModel role = realm.getRole(ROLE);
        return role != null
                && auth.getRealm().equals(realm)
                && auth.hasRealmRole(ROLE)
                && auth.getUser().hasRole(role);
    }

    private static Optional<String> reason(String body) {
        try {
            JsonNode reason = JSON.readTree(body == null ? "" : body).path("reason");
            return Optional.ofNullable(reason.textValue())
                    .map(String::strip)
                    .filter(text -> !text.isEmpty() && text.length() <= LONGEST_REASON);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }
}
