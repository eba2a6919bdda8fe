package jp.sekisho.endpoints.operation;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jp.sekisho.checkpoint.operation.Reviews;
import jp.sekisho.endpoints.caller.Sealed;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.notice.Masking;

/** A customer's own operations that are not done yet: during a wait he can take them back, in any session. */
// FFAJ-1.4-S3
public final class MyOperations {

    private final SignedIn signedIn;

    public MyOperations(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /**
     * @param at ISO-8601
     * @param account masked
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record View(String operation, String type, String state, String app, String at, String holdUntil, String account) {

        static View of(Reviews.Unfinished unfinished) {
            var operation = unfinished.operation();
            return new View(
                    operation.id(),
                    operation.what().type().name(),
                    operation.state().name(),
                    operation.asked().clientId(),
                    operation.times().createdAt().toString(),
                    operation.decided().holdUntil().map(Object::toString).orElse(null),
                    unfinished.details().payee().map(Masking::payee).orElse(null));
        }
    }

    public Response operations() {
        return signedIn.forCustomer(customer -> Sealed.withKey(() -> Response.ok(
                        reviews(customer).of(customer.pseudonym(), customer.now()).stream()
                                .map(View::of)
                                .toList(),
                        MediaType.APPLICATION_JSON_TYPE)
                .build()));
    }

    /** @return 204; 404 also for what is another's, or done */
    public Response cancel(String operation) {
        return signedIn.forCustomer(
                customer -> reviews(customer).cancel(customer.pseudonym(), operation, customer.now())
                        ? Response.noContent().build()
                        : Problem.notFound("No such operation."));
    }

    private Reviews reviews(Customer customer) {
        return Reviews.of(signedIn.session(), customer.realm(), customer.policy());
    }
}
