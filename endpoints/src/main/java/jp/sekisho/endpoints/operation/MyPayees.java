package jp.sekisho.endpoints.operation;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import jp.sekisho.checkpoint.operation.OwnPayees;
import jp.sekisho.endpoints.caller.Sealed;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.notice.Masking;

/** A customer's own bank accounts: what he takes off is not paid any more, at once. */
// FFAJ-1.4-S3
public final class MyPayees {

    private final SignedIn signedIn;

    public MyPayees(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /**
     * @param account masked
     * @param since ISO-8601
     * @param usableFrom ISO-8601
     * @param waits whether nothing goes there yet
     */
    record View(String id, String account, String holder, String since, String usableFrom, boolean waits) {

        static View of(OwnPayees.Own own, Instant now) {
            return new View(
                    own.stored().id(),
                    Masking.payee(own.payee()),
                    own.payee().holder(),
                    own.stored().addedAt().toString(),
                    own.stored().usableFrom().toString(),
                    own.waits(now));
        }
    }

    public Response payees() {
        return signedIn.forCustomer(customer -> Sealed.withKey(() -> Response.ok(
                        payees(customer).all().stream()
                                .map(own -> View.of(own, customer.now()))
                                .toList(),
                        MediaType.APPLICATION_JSON_TYPE)
                .build()));
    }

    /** @return 204; 404 also for what is another's */
    public Response remove(String id) {
        return signedIn.forChange(customer ->
                Sealed.withKey(() -> payees(customer).remove(id, customer.now())
                        ? Response.noContent().build()
                        : Problem.notFound("No such bank account.")));
    }

    private OwnPayees payees(Customer customer) {
        return OwnPayees.of(signedIn.session(), customer.realm(), customer.policy(), customer.user());
    }
}
