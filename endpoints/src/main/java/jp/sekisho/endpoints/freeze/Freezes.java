package jp.sekisho.endpoints.freeze;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.checkpoint.freeze.Disowning;
import jp.sekisho.checkpoint.freeze.Disowning.Word;
import jp.sekisho.checkpoint.freeze.Freezing;
import jp.sekisho.checkpoint.freeze.Freezing.Approved;
import jp.sekisho.checkpoint.identity.IdentityCodes.Issued;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.caller.Officers.Customer;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.endpoints.proposal.Proposing;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.freeze.Freeze.Refusal;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.proposal.Act;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.proposal.Proposal;

/**
 * Officers freeze, and thaw with four eyes once the customer's identity was verified anew. What one of them does alone upon
 * another one, {@link Act} says.
 */
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
     * @return 204; what is frozen already is frozen since now, and a thaw that is under way has to begin anew; 202 with a
     *     proposal of it for an officer or administrator
     */
    public Response freeze(String userId, String body) {
        return officers.forCustomer(userId, customer -> {
            Order order = Body.read(body, Order.class);
            return customer.needsTwo(Act.FREEZE)
                    ? Proposing.propose(
                            officers,
                            customer.policy(),
                            Proposal.Kind.FREEZE,
                            Map.of(Proposing.USER, userId, "operation", order.operation()),
                            order.reason())
                    : frozen(customer, order.scope(), officers.caller(), order.reason());
        });
    }

    /** What {@link #freeze} proposed. */
    // FFAJ-2.1-S3
    public Response approvedFreeze(Proposal proposal) {
        String operation = RecordJson.read(proposal.content()).path("operation").asText();
        return officers.forAnother(
                Officers.APPROVER,
                Proposing.user(proposal),
                customer -> frozen(customer, Scope.of(operation), proposal.by(), proposal.reason()));
    }

    private Response frozen(Customer customer, Optional<Operation> operation, String officer, String reason) {
        freezing(customer).freeze(customer.user(), operation, By.OFFICER, reason, Optional.of(officer));
        return done(customer, reason, "freeze");
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
            List<Freeze> freezes = freezing(customer).held(customer.user());
            if (freezes.isEmpty()) {
                return notFrozen();
            }
            Optional<Refusal> refusal =
                    freezing(customer).propose(customer.user(), freezes, officers.caller(), reason.reason());
            if (refusal.isPresent()) {
                officers.session().getTransactionManager().setRollbackOnly();
                return refused(refusal.get());
            }
            return done(customer, reason.reason(), "thaw");
        });
    }

    /**
     * Approves what another officer proposed to thaw. Where the login was frozen nothing that the customer had serves any
     * more, and it stays frozen until he has bound a new credential with the code of the answer, which he gets by a letter
     * that is not forwarded, or at a branch. Another code is made as for any letter.
     *
     * @param body {@link Reason}
     * @return 201 {@code {"code": "ABCD-EFGH-JKLM", "expiresAt": …}}, this once; 204 where the login was open; 403 without the role of an approver, 409 where nothing is frozen or proposed, or the same one proposed it
     */
    public Response approve(String userId, String body) {
        return officers.forAnother(Officers.APPROVER, userId, customer -> {
            Reason reason = Body.read(body, Reason.class);
            List<Freeze> freezes = freezing(customer).held(customer.user());
            if (freezes.isEmpty()) {
                return notFrozen();
            }
            Approved approved =
                    freezing(customer).approve(customer.user(), freezes, officers.caller(), reason.reason());
            if (approved.refusal().isPresent()) {
                officers.session().getTransactionManager().setRollbackOnly();
                return refused(approved.refusal().get());
            }
            Response done = done(customer, reason.reason(), "thaw", "approve");
            return approved.code().map(Freezes::code).orElse(done);
        });
    }

    private static Response code(Issued issued) {
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(Map.of(
                        "code", issued.code().printed(),
                        "expiresAt", issued.expiresAt().toString()))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** What was not the customer, as he told an officer: {@code record} is of the log, or a session's id. */
    public record Disowned(String record, String reason) {
        public Disowned {
            reason = Reason.checked(reason);
        }
    }

    /**
     * "This was not me", said to an officer by who cannot say it himself.
     *
     * @param body {@link Disowned}
     * @return 204, 202 with a proposal of it for an officer or administrator; 404 for what is no record or session of the
     *     customer's
     */
    // JP25-9
    public Response disown(String userId, String body) {
        return officers.forCustomer(userId, customer -> {
            Disowned disowned = Body.read(body, Disowned.class);
            Optional<EvidenceRow> decision = disowning(customer).found(customer.user(), disowned.record());
            if (decision.isEmpty()) {
                return noSuchRecord();
            }
            return customer.needsTwo(Act.DISOWN)
                    ? Proposing.propose(
                            officers,
                            customer.policy(),
                            Proposal.Kind.DISOWN,
                            Map.of(Proposing.USER, userId, "record", disowned.record()),
                            disowned.reason())
                    : disowned(customer, decision.get(), officers.caller(), disowned.reason());
        });
    }

    /** What {@link #disown} proposed. */
    // FFAJ-2.1-S3
    public Response approvedDisown(Proposal proposal) {
        String record = RecordJson.read(proposal.content()).path("record").asText();
        return officers.forAnother(
                Officers.APPROVER,
                Proposing.user(proposal),
                customer -> disowning(customer)
                        .found(customer.user(), record)
                        .map(decision -> disowned(customer, decision, proposal.by(), proposal.reason()))
                        .orElseGet(Freezes::noSuchRecord));
    }

    private Response disowned(Customer customer, EvidenceRow decision, String officer, String reason) {
        disowning(customer).disown(customer.user(), decision, new Word.Officer(officer));
        return done(customer, reason, "disown");
    }

    private static Response noSuchRecord() {
        return Problem.notFound("No such record.");
    }

    /**
     * A device or source that the customer disowned.
     *
     * @param mark names it
     * @param until it is hostile to him
     * @param confirmed false where only a session said so in which nobody had just shown himself
     */
    public record MarkView(String mark, String at, String until, boolean confirmed) {}

    /** What is hostile to the customer: a list of {@link MarkView}. */
    public Response marks(String userId) {
        return officers.forCustomer(userId, customer -> {
            Duration lasting = customer.policy().profile().freeze().marks();
            List<MarkView> marks = disowning(customer).marks(customer.user()).stream()
                    .map(mark -> new MarkView(
                            mark.mark(),
                            mark.at().toString(),
                            mark.at().plus(lasting).toString(),
                            mark.confirmed()))
                    .toList();
            return Response.ok(marks, MediaType.APPLICATION_JSON_TYPE).build();
        });
    }

    /** The mark that is lifted, and why. */
    public record Lift(String mark, String reason) {
        public Lift {
            reason = Reason.checked(reason);
        }
    }

    /**
     * Lifts a mark.
     *
     * @param body {@link Lift}
     * @return 204, 202 with a proposal of it for an officer or administrator; 403 for himself, 404 for what is no mark of the
     *     customer's
     */
    public Response lift(String userId, String body) {
        return officers.forAnother(userId, customer -> {
            Lift lift = Body.read(body, Lift.class);
            if (!customer.needsTwo(Act.MARK_LIFT)) {
                return lifted(customer, lift.mark(), officers.caller(), lift.reason());
            }
            boolean marked = disowning(customer).marks(customer.user()).stream()
                    .anyMatch(mark -> mark.mark().equals(lift.mark()));
            return marked
                    ? Proposing.propose(
                            officers,
                            customer.policy(),
                            Proposal.Kind.MARK_LIFT,
                            Map.of(Proposing.USER, userId, "mark", lift.mark()),
                            lift.reason())
                    : noSuchMark();
        });
    }

    /** What {@link #lift} proposed. */
    // FFAJ-2.1-S3
    public Response approvedLift(Proposal proposal) {
        String mark = RecordJson.read(proposal.content()).path("mark").asText();
        return officers.forAnother(
                Officers.APPROVER,
                Proposing.user(proposal),
                customer -> lifted(customer, mark, proposal.by(), proposal.reason()));
    }

    private Response lifted(Customer customer, String mark, String officer, String reason) {
        return disowning(customer).lift(customer.user(), mark, officer, reason)
                ? done(customer, reason, "marks", "lift")
                : noSuchMark();
    }

    private static Response noSuchMark() {
        return Problem.notFound("No such mark.");
    }

    private Disowning disowning(Customer customer) {
        return Disowning.of(officers.session(), officers.realm(), customer.policy());
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
