package jp.sekisho.endpoints.freeze;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.checkpoint.freeze.Disowning;
import jp.sekisho.checkpoint.freeze.Freezing;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.evidence.EvidenceRow;

/**
 * The customer's own brake. Any live session of his may pull it, a held or a stolen one too, since it only protects; only
 * who has just shown himself turns anything else upon devices and sources.
 */
// JP25-8, JP25-9
public final class OwnFreeze {

    private final SignedIn signedIn;

    public OwnFreeze(SignedIn signedIn) {
        this.signedIn = signedIn;
    }

    /** What the customer asks to be frozen. */
    public record Order(String operation) {
        public Order {
            Scope.of(operation);
        }

        Optional<Operation> scope() {
            return Scope.of(operation);
        }
    }

    /**
     * What was not the customer.
     *
     * @param record id of a record of his activity, or of a session
     */
    public record Disowned(String record) {}

    /** The operations that are frozen: a list of {@link FreezeView}. */
    public Response freezes() {
        return signedIn.forCustomer(customer -> Response.ok(
                        freezing(customer).of(customer.user()).stream()
                                .map(FreezeView::of)
                                .toList(),
                        MediaType.APPLICATION_JSON_TYPE)
                .build());
    }

    /**
     * Freezes.
     *
     * @param body {@link Order}
     * @return 204, also where it is frozen already
     */
    public Response freeze(String body) {
        return signedIn.forCustomer(customer -> {
            Order order = Body.read(body, Order.class);
            freezing(customer).freeze(customer.user(), order.scope(), By.CUSTOMER, "by himself", Optional.empty());
            return Response.noContent().build();
        });
    }

    /**
     * "This was not me".
     *
     * @param body {@link Disowned}
     * @return 204, and all sessions end, this one included; without a fresh step-up nothing is marked, until an
     *     officer does; 404 for what is no record or session of the customer's
     */
    public Response disown(String body) {
        return signedIn.forCustomer(customer -> {
            Disowned disowned = Body.read(body, Disowned.class);
            Disowning disowning = Disowning.of(signedIn.session(), customer.realm(), customer.policy());
            Optional<EvidenceRow> decision = disowning.found(customer.user(), disowned.record());
            if (decision.isEmpty()) {
                return Problem.notFound("No such record.");
            }
            if (customer.fresh()) {
                disowning.disown(customer.user(), decision.get(), Optional.empty());
            } else {
                disowning.suspect(
                        customer.user(), decision.get(), customer.heldUntil().isPresent() ? "held" : "not-fresh");
            }
            return Response.noContent().build();
        });
    }

    private Freezing freezing(Customer customer) {
        return Freezing.of(signedIn.session(), customer.realm(), customer.policy());
    }
}
