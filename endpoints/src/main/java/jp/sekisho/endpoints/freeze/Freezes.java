package jp.sekisho.endpoints.freeze;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.freeze.Freezing;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.caller.Officers.Customer;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.freeze.Freeze.Refusal;
import jp.sekisho.policies.operation.Operation;

/** Officers freeze, and thaw with four eyes once the customer's identity was verified anew. */
// JP25-8
public final class Freezes {

    private static final String RESOURCE = "SEKISHO_FREEZE";

    private final Officers officers;

    public Freezes(Officers officers) {
        this.officers = officers;
    }

    /** What an officer freezes, and why. */
    public record Order(String operation, String reason) {
        public Order {
            Scope.of(operation);
            reason = Reason.checked(reason);
        }

        Optional<Operation> scope() {
            return Scope.of(operation);
        }
    }

    /** What is frozen: a list of {@link FreezeView}. */
    public Response freezes(String userId) {
        return officers.forCustomer(
                userId,
                customer -> Response.ok(
                                freezing(customer).of(customer.user()).stream()
                                        .map(FreezeView::of)
                                        .toList(),
                                MediaType.APPLICATION_JSON_TYPE)
                        .build());
    }

    /**
     * @param body {@link Order}
     * @return 204; 409 where just that is frozen already
     */
    public Response freeze(String userId, String body) {
        return officers.forCustomer(userId, customer -> {
            Order order = Body.read(body, Order.class);
            boolean frozen = freezing(customer)
                    .freeze(customer.user(), order.scope(), By.OFFICER, order.reason(), Optional.of(officers.caller()));
            if (!frozen) {
                return Problem.conflict("frozen-already", "This is frozen already.");
            }
            return done(customer, order.reason(), "freeze");
        });
    }

    /**
     * Proposes to thaw all that is frozen.
     *
     * @param body {@link Reason}
     * @return 204; 409 where nothing is frozen, or the customer's identity was not verified since
     */
    public Response propose(String userId, String body) {
        return officers.forAnother(userId, customer -> {
            Reason reason = Body.read(body, Reason.class);
            List<Freeze> freezes = freezing(customer).of(customer.user());
            if (freezes.isEmpty()) {
                return notFrozen();
            }
            Optional<Refusal> refusal =
                    freezing(customer).propose(customer.user(), freezes, officers.caller(), reason.reason());
            return refusal.map(Freezes::refused).orElseGet(() -> done(customer, reason.reason(), "thaw"));
        });
    }

    /**
     * Thaws what another officer proposed to thaw.
     *
     * @param body {@link Reason}
     * @return 204; 403 without the role of an approver, 409 where nothing is frozen or proposed, or the same one proposed it
     */
    public Response approve(String userId, String body) {
        return officers.forAnother(Officers.APPROVER, userId, customer -> {
            Reason reason = Body.read(body, Reason.class);
            List<Freeze> freezes = freezing(customer).of(customer.user());
            if (freezes.isEmpty()) {
                return notFrozen();
            }
            Optional<Refusal> refusal =
                    freezing(customer).approve(customer.user(), freezes, officers.caller(), reason.reason());
            if (refusal.isPresent()) {
                officers.session().getTransactionManager().setRollbackOnly();
                return refused(refusal.get());
            }
            return done(customer, reason.reason(), "thaw", "approve");
        });
    }

    private static Response notFrozen() {
        return Problem.conflict("not-frozen", "Nothing of this customer is frozen.");
    }

    private static Response refused(Refusal refusal) {
        return switch (refusal) {
            case NO_IDENTITY_SINCE ->
                Problem.conflict(
                        "no-identity-since", "The customer's identity has to be verified after the freeze first.");
            case NOT_PROPOSED -> Problem.conflict("not-proposed", "An officer has to propose the thaw first.");
            case SAME_PERSON ->
                Problem.conflict("same-person", "Proposer, approver and customer are three different people.");
        };
    }

    private Response done(Customer customer, String reason, String... what) {
        String[] path = new String[what.length + 2];
        path[0] = "customers";
        path[1] = customer.user().getId();
        System.arraycopy(what, 0, path, 2, what.length);
        officers.told(RESOURCE, Map.of("reason", reason), path);
        return Response.noContent().build();
    }

    private Freezing freezing(Customer customer) {
        return Freezing.of(officers.session(), officers.realm(), customer.policy());
    }
}
