package jp.sekisho.endpoints.interim;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.checkpoint.interim.ExemptionFile;
import jp.sekisho.checkpoint.interim.ExemptionRate;
import jp.sekisho.checkpoint.interim.Interim;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.caller.Officers.Customer;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.policies.interim.ExemptionPolicy;
import jp.sekisho.policies.profile.Profile;
import jp.sekisho.storage.interim.Proposal;

/** A customer's exemption from passkeys: one officer proposes it, another approves it, any officer ends it. */
// JP25-5
public final class CustomersExemption {

    private final Officers officers;

    public CustomersExemption(Officers officers) {
        this.officers = officers;
    }

    /** How many customers are exempt, and what share of the active ones that is. */
    public Response rate() {
        return officers.forRealm(policy -> {
            ExemptionRate rate = ExemptionRate.of(officers.session(), officers.realm());
            return ok(Map.of(
                    "exempt", rate.exempt(),
                    "active", rate.active(),
                    "share", rate.share(),
                    "proposed", rate.proposed()));
        });
    }

    /** For officers and approvers: {@link ExemptionView}. */
    public Response view(String userId) {
        String role = officers.has(Officers.APPROVER) ? Officers.APPROVER : Officers.OFFICER;
        return officers.forCustomer(role, userId, customer -> ok(view(customer)));
    }

    /**
     * Proposes one.
     *
     * @param body {@link Request}
     * @return 201 with the {@link ExemptionView}; 400 for terms that the policy does not permit, 403 for himself, 409 where
     *     a proposal waits or the customer lacks the other factor
     */
    public Response propose(String userId, String body) {
        return officers.forAnother(userId, customer -> {
            Request request = Body.read(body, Request.class);
            Proposal proposal = new Proposal(
                    UUID.randomUUID().toString(),
                    request.reason(),
                    request.alternativeMfa(),
                    request.textVersion(),
                    officers.caller(),
                    customer.now(),
                    request.expires());
            Optional<Response> refusal = refusal(customer, proposal);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (!file(customer).propose(proposal)) {
                return Problem.conflict("already-proposed", "An exemption waits for its approver.");
            }
            told(customer, "propose", proposal);
            return Response.status(Response.Status.CREATED)
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(view(customer))
                    .build();
        });
    }

    /**
     * Makes the proposal an exemption: by an approver who did not propose it.
     *
     * @param body {@link Approval}
     * @return 204; 400 where its terms are no longer permitted, 403 for himself or for who proposed it, 409 where it does
     *     not wait or the customer lacks the other factor
     */
    public Response approve(String userId, String body) {
        return officers.forAnother(Officers.APPROVER, userId, customer -> {
            Approval approval = Body.read(body, Approval.class);
            Optional<Proposal> waiting =
                    file(customer).proposal().filter(proposal -> proposal.id().equals(approval.id()));
            if (waiting.isEmpty()) {
                return Problem.conflict("not-proposed", "No such exemption waits for its approver.");
            }
            Proposal proposal = waiting.get();
            if (proposal.proposedBy().equals(officers.caller())) {
                return Problem.forbidden("Who proposed it does not approve it.");
            }
            return refusal(customer, proposal).orElseGet(() -> grant(customer, proposal));
        });
    }

    private Response grant(Customer customer, Proposal proposal) {
        if (!file(customer).approve(proposal, officers.caller())) {
            return Problem.conflict("not-proposed", "No such exemption waits for its approver.");
        }
        told(customer, "approve", proposal);
        return Response.noContent().build();
    }

    /**
     * Ends the exemption that goes on and withdraws the proposal that waits: the customer is asked for a passkey.
     *
     * @param body {@link Reason}
     * @return 204; 409 where there is neither
     */
    public Response end(String userId, String body) {
        return officers.forCustomer(userId, customer -> {
            String reason = Body.read(body, Reason.class).reason();
            ExemptionFile file = file(customer);
            Optional<Proposal> withdrawn = file.withdraw(officers.caller(), reason);
            Optional<Proposal> ended = file.end(officers.caller(), reason);
            withdrawn.ifPresent(proposal -> told(customer, "withdraw", proposal));
            ended.ifPresent(exemption -> told(customer, "end", exemption));
            return withdrawn.isPresent() || ended.isPresent()
                    ? Response.noContent().build()
                    : Problem.conflict("not-exempt", "This customer has no exemption.");
        });
    }

    /** What neither proposer nor approver may do. */
    private Optional<Response> refusal(Customer customer, Proposal proposal) {
        Profile profile = customer.policy().profile();
        ExemptionPolicy policy = profile.exemption();
        ZoneId zone = profile.risk().zone();
        if (!policy.allowed()) {
            return Optional.of(Problem.forbidden("This realm grants no exemptions."));
        }
        if (!policy.permits(customer.now(), proposal.expires(), zone)) {
            return Optional.of(Problem.badRequest(
                    "expires", "expires: an exemption ends in the future, at most " + policy.longest() + " from now."));
        }
        boolean held = switch (proposal.alternativeMfa()) {
            case TOTP -> Interim.holdsTotp(customer.user());
        };
        return held
                ? Optional.empty()
                : Optional.of(Problem.conflict(
                        "alternative-mfa", "The customer does not hold " + proposal.alternativeMfa() + " yet."));
    }

    private ExemptionView view(Customer customer) {
        ExemptionFile file = file(customer);
        return ExemptionView.of(file.proposal(), file.granted(), customer.now());
    }

    private ExemptionFile file(Customer customer) {
        return new ExemptionFile(
                officers.session(),
                officers.realm(),
                customer.policy(),
                customer.pseudonym(),
                customer.user(),
                customer.now());
    }

    private void told(Customer customer, String what, Proposal exemption) {
        officers.told(
                "SEKISHO_EXEMPTION",
                Map.of("exemption", exemption.id()),
                "customers",
                customer.user().getId(),
                "exemption",
                what);
    }

    private static Response ok(Object body) {
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
