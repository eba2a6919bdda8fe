package jp.sekisho.endpoints.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.notice.NoticeChoices;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * A customer's own choices. Called with the customer's live access token for the audience {@code sekisho}; errors are
 * problem documents (RFC 9457).
 */
public class AccountResource {

    static final String AUDIENCE = "sekisho";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeycloakSession session;

    AccountResource(KeycloakSession session) {
        this.session = session;
    }

    /** Which notices the customer gets, by code: {@code {"login": {"wanted": true, "mayChoose": true}, …}}. */
    // FFAJ-1.2-S2
    @GET
    @Path("account/notices")
    public Response notices() {
        return forCustomer(customer ->
                Response.ok(view(customer), MediaType.APPLICATION_JSON_TYPE).build());
    }

    /**
     * Switches notices on or off.
     *
     * @param body {@code {"login": false}}
     * @return the same as {@link #notices()}; 400 for what is no choice, 403 in a session that only a mail code vouches for
     */
    @PUT
    @Path("account/notices")
    public Response choose(String body) {
        return forCustomer(customer -> {
            if (customer.held()) {
                return Problem.forbidden("This session was opened with a mail code: it changes nothing.");
            }
            Optional<Map<Notice, Boolean>> choices = choices(body, customer.choices());
            if (choices.isEmpty()) {
                return Problem.badRequest(
                        "notices",
                        "A JSON object is required: codes of notices that may be chosen, each true or false.");
            }
            choices.get()
                    .forEach((notice, wanted) ->
                            customer.choices().choose(customer.realm().getId(), customer.pseudonym(), notice, wanted));
            return Response.ok(view(customer), MediaType.APPLICATION_JSON_TYPE).build();
        });
    }

    private record Customer(RealmModel realm, NoticeChoices choices, String pseudonym, boolean held) {}

    private Response forCustomer(Function<Customer, Response> work) {
        RealmModel realm = session.getContext().getRealm();
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        if (policy.isEmpty()) {
            return Problem.notFound("This realm has no checkpoint.");
        }
        // Keycloak asks realm extensions for nothing, not even for TLS.
        if (realm.getSslRequired().isRequired(session.getContext().getConnection())) {
            return Problem.forbidden("HTTPS is required.");
        }
        AuthResult token = new AppAuthManager.BearerTokenAuthenticator(session)
                .setAudience(AUDIENCE)
                .authenticate();
        // A client acting for itself has no session and no notices.
        if (token == null || token.session().getPersistenceState() == SessionPersistenceState.TRANSIENT) {
            return Problem.unauthorized("A customer's access token for the audience " + AUDIENCE + " is required.");
        }
        boolean held = Hold.of(session, token.session()).isPresent();
        return work.apply(new Customer(
                realm,
                NoticeChoices.of(session, policy.get()),
                Customers.pseudonym(session, realm, token.user()),
                held));
    }

    private static Map<String, Map<String, Boolean>> view(Customer customer) {
        Map<String, Map<String, Boolean>> view = new TreeMap<>();
        for (Notice notice : Notice.values()) {
            view.put(
                    notice.code(),
                    Map.of(
                            "wanted", customer.choices().wanted(customer.pseudonym(), notice),
                            "mayChoose", customer.choices().mayChoose(notice)));
        }
        return view;
    }

    private static Optional<Map<Notice, Boolean>> choices(String body, NoticeChoices allowed) {
        JsonNode document;
        try {
            document = JSON.readTree(body == null ? "" : body);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
        if (!document.isObject() || document.isEmpty()) {
            return Optional.empty();
        }
        Map<Notice, Boolean> choices = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : document.properties()) {
            Optional<Notice> notice = Notice.ofCode(entry.getKey()).filter(allowed::mayChoose);
            if (notice.isEmpty() || !entry.getValue().isBoolean()) {
                return Optional.empty();
            }
            choices.put(notice.get(), entry.getValue().booleanValue());
        }
        return Optional.of(choices);
    }
}
