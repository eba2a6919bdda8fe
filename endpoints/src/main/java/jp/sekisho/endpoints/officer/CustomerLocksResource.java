package jp.sekisho.endpoints.officer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.lock.LockRecords;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** One customer's locks: what they are, and an officer's lifting them. */
// FFAJ-1.2-S3, JP25-7
public class CustomerLocksResource {

    private static final int LONGEST_REASON = 500;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final UserModel user;
    private final UserModel officer;
    private final AdminEventBuilder adminEvent;
    private final String customer;
    private final Guard guard;

    CustomerLocksResource(
            KeycloakSession session,
            RealmModel realm,
            RealmPolicy policy,
            UserModel user,
            UserModel officer,
            AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.user = user;
        this.officer = officer;
        this.adminEvent = adminEvent;
        this.customer = Customers.pseudonym(session, realm, user);
        this.guard = Guard.of(session, realm, policy);
    }

    /** Whether anything is locked, and all that is counted. */
    @GET
    @Path("locks")
    @Produces(MediaType.APPLICATION_JSON)
    public Locks locks() {
        List<Count> counts = guard.counters(customer).stream().map(Count::of).toList();
        return new Locks(counts.stream().anyMatch(count -> count.lockedAt() != null), counts);
    }

    /**
     * Lifts every lock of the customer; what was guessed so far is not forgotten.
     *
     * @param body {@code {"reason": "…"}}, 1 to 500 characters
     * @throws Problem 400 without a reason, 409 where nothing is locked
     */
    @POST
    @Path("unlock")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response unlock(String body) {
        String reason = reason(body);
        if (!locks().locked()) {
            throw Problem.conflict("not-locked", "Nothing of this customer is locked.");
        }
        // Nothing is lifted without its record (decision 9).
        new LockRecords(session, realm, policy).lifted(customer, officer.getId(), reason);
        guard.unlocked(customer);
        Notices.of(session, realm, policy).tell(user, Notice.UNLOCK, NoticeValues.at(Instant.now()));
        adminEvent
                .operation(OperationType.ACTION)
                .resource("SEKISHO_LOCK")
                .resourcePath("sekisho", "customers", user.getId(), "unlock")
                .representation(Map.of("reason", reason))
                .success();
        return Response.noContent().build();
    }

    private static String reason(String body) {
        JsonNode reason;
        try {
            reason = JSON.readTree(body).path("reason");
        } catch (JsonProcessingException notJson) {
            throw Problem.badRequest("not-json", "The body is not JSON.");
        }
        String text = reason.isTextual() ? reason.textValue().strip() : "";
        if (text.isEmpty() || text.length() > LONGEST_REASON) {
            throw Problem.badRequest("reason", "A reason of 1 to " + LONGEST_REASON + " characters is required.");
        }
        return text;
    }

    /**
     * @param locked whether anything needs an unlock, or a login on a known device
     * @param counters all that remember failures
     */
    public record Locks(boolean locked, List<Count> counters) {}

    /**
     * @param subject a credential's type or an operation
     * @param scope a known device's id, {@code unknown} or {@code operation}
     * @param failures in the window
     * @param consecutive since the last verification
     * @param throttledUntil ISO-8601, null where not throttled
     * @param lockedAt ISO-8601, null where not locked
     */
    public record Count(
            String subject, String scope, int failures, int consecutive, String throttledUntil, String lockedAt) {

        static Count of(Counter counter) {
            return new Count(
                    counter.key().subject(),
                    counter.key().scope(),
                    counter.failures(),
                    counter.consecutive(),
                    counter.blockedUntil().map(Instant::toString).orElse(null),
                    counter.lockedAt().map(Instant::toString).orElse(null));
        }
    }
}
