package jp.sekisho.endpoints.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.checkpoint.operation.Reviews;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.caller.Officers.Customer;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.endpoints.caller.Sealed;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.endpoints.proposal.Proposing;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.operation.Payee;
import jp.sekisho.policies.proposal.Act;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.proposal.Proposal;

/** A customer's operations that are not done yet, for officers: a doubtful one is looked at, and any can be stopped. */
public final class Unfinished {

    private static final String RESOURCE = "SEKISHO_OPERATION";
    private static final String OPERATION = "operation";

    private final Officers officers;

    public Unfinished(Officers officers) {
        this.officers = officers;
    }

    /**
     * As an officer sees it: in whose name the account is, and not which one.
     *
     * @param at ISO-8601
     * @param review whether a person is to look at it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(
            String operation,
            String type,
            String state,
            String app,
            String at,
            String cause,
            String holdUntil,
            boolean review,
            String holder,
            String account) {

        static View of(Reviews.Unfinished unfinished) {
            StoredOperation operation = unfinished.operation();
            return new View(
                    operation.id(),
                    operation.what().type().name(),
                    operation.state().name(),
                    operation.asked().clientId(),
                    operation.times().createdAt().toString(),
                    operation.decided().cause().map(Cause::code).orElse(null),
                    operation.decided().holdUntil().map(Object::toString).orElse(null),
                    unfinished.waitsForReview(),
                    unfinished.details().payee().map(Payee::holder).orElse(null),
                    unfinished.details().payee().map(Masking::payee).orElse(null));
        }
    }

    public Response of(String userId) {
        return officers.forCustomer(
                userId,
                customer -> Sealed.withKey(() -> {
                    List<View> views = reviews(customer).of(customer.pseudonym(), customer.now()).stream()
                            .map(View::of)
                            .toList();
                    return Response.ok(views, MediaType.APPLICATION_JSON_TYPE).build();
                }));
    }

    /** @param body {@link Reason} @return 204, 202 with a proposal of it for an officer or administrator; 409 where it does not wait for it */
    public Response release(String userId, String operation, String body) {
        return officers.forAnother(userId, customer -> {
            Reason reason = Body.read(body, Reason.class);
            if (!customer.needsTwo(Act.OPERATION_RELEASE)) {
                return released(customer, operation, officers.caller(), reason.reason());
            }
            return reviews(customer).waits(customer.pseudonym(), operation, customer.now())
                    ? Proposing.propose(
                            officers,
                            customer.policy(),
                            Proposal.Kind.OPERATION_RELEASE,
                            Map.of(Proposing.USER, userId, OPERATION, operation),
                            reason.reason())
                    : noneWaits();
        });
    }

    /** What {@link #release} proposed. */
    // FFAJ-2.1-S3
    public Response approvedRelease(Proposal proposal) {
        String operation = RecordJson.read(proposal.content()).path(OPERATION).asText();
        return officers.forAnother(
                Officers.APPROVER,
                Proposing.user(proposal),
                customer -> released(customer, operation, proposal.by(), proposal.reason()));
    }

    private Response released(Customer customer, String operation, String officer, String reason) {
        boolean released = reviews(customer).release(customer.pseudonym(), operation, officer, reason, customer.now());
        return done(customer, operation, "release", reason, released);
    }

    /** @param body {@link Reason} @return 204; 409 where it is done, or ended */
    public Response stop(String userId, String operation, String body) {
        return officers.forCustomer(userId, customer -> {
            Reason reason = Body.read(body, Reason.class);
            return done(
                    customer,
                    operation,
                    "stop",
                    reason.reason(),
                    reviews(customer)
                            .stop(customer.pseudonym(), operation, officers.caller(), reason.reason(), customer.now()));
        });
    }

    private Response done(Customer customer, String operation, String what, String reason, boolean done) {
        if (!done) {
            return noneWaits();
        }
        officers.told(
                RESOURCE,
                Map.of("reason", reason),
                "customers",
                customer.user().getId(),
                "operations",
                operation,
                what);
        return Response.noContent().build();
    }

    private static Response noneWaits() {
        return Problem.conflict("operation", "No such operation of this customer waits for it.");
    }

    private Reviews reviews(Customer customer) {
        return Reviews.of(officers.session(), officers.realm(), customer.policy());
    }
}
