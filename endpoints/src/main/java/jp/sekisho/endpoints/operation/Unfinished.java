package jp.sekisho.endpoints.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import jp.sekisho.checkpoint.operation.Reviews;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.caller.Officers.Customer;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.endpoints.caller.Sealed;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.operation.Payee;
import jp.sekisho.storage.operation.StoredOperation;

/** A customer's operations that are not done yet, for officers: a doubtful one is looked at, and any can be stopped. */
public final class Unfinished {

    private static final String RESOURCE = "SEKISHO_OPERATION";

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

    /** @param body {@link Reason} @return 204; 409 where it does not wait for it */
    public Response release(String userId, String operation, String body) {
        return officers.forAnother(userId, customer -> {
            Reason reason = Body.read(body, Reason.class);
            return done(
                    customer,
                    operation,
                    "release",
                    reason,
                    reviews(customer)
                            .release(
                                    customer.pseudonym(),
                                    operation,
                                    officers.caller(),
                                    reason.reason(),
                                    customer.now()));
        });
    }

    /** @param body {@link Reason} @return 204; 409 where it is done, or ended */
    public Response stop(String userId, String operation, String body) {
        return officers.forCustomer(userId, customer -> {
            Reason reason = Body.read(body, Reason.class);
            return done(
                    customer,
                    operation,
                    "stop",
                    reason,
                    reviews(customer)
                            .stop(customer.pseudonym(), operation, officers.caller(), reason.reason(), customer.now()));
        });
    }

    private Response done(Customer customer, String operation, String what, Reason reason, boolean done) {
        if (!done) {
            return Problem.conflict("operation", "No such operation of this customer waits for it.");
        }
        officers.told(
                RESOURCE,
                Map.of("reason", reason.reason()),
                "customers",
                customer.user().getId(),
                "operations",
                operation,
                what);
        return Response.noContent().build();
    }

    private Reviews reviews(Customer customer) {
        return Reviews.of(officers.session(), officers.realm(), customer.policy());
    }
}
