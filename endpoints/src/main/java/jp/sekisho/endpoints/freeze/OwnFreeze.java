package jp.sekisho.endpoints.freeze;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.checkpoint.freeze.Disowning;
import jp.sekisho.checkpoint.freeze.Disowning.Word;
import jp.sekisho.checkpoint.freeze.Freezing;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.SignedIn;
import jp.sekisho.endpoints.caller.SignedIn.Customer;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.evidence.EvidenceRow;

/**
 * The customer's own brake. Any live session of his may pull it, a held or a stolen one too, since it only protects;
 * what it marks as hostile without a fresh step-up is so only until the customer himself comes back from there.
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
     * @return 204, and all sessions end, this one included; what was marked without a fresh step-up loses its mark where the
     *     customer comes back on it after a thaw; 404 for what is no record or session of the customer's
     */
    public Response disown(String body) {
        return signedIn.forCustomer(customer -> {
            Disowned disowned = Body.read(body, Disowned.class);
            Disowning disowning = Disowning.of(signedIn.session(), customer.realm(), customer.policy());
            Optional<EvidenceRow> decision = disowning.found(customer.user(), disowned.record());
            if (decision.isEmpty()) {
                return Problem.notFound("No such record.");
            }
            disowning.disown(customer.user(), decision.get(), word(customer));
            return Response.noContent().build();
        });
    }

    private static Word word(Customer customer) {
        if (customer.fresh()) {
            return new Word.Shown();
        }
        return new Word.Doubtful(customer.heldUntil().isPresent() ? "held" : "not-fresh");
    }

    private Freezing freezing(Customer customer) {
        return Freezing.of(signedIn.session(), customer.realm(), customer.policy());
    }
}
