package jp.sekisho.endpoints.officer;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.proposal.FourEyes;
import jp.sekisho.endpoints.access.OfficersRules;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.endpoints.freeze.Freezes;
import jp.sekisho.endpoints.identity.Identity;
import jp.sekisho.endpoints.operation.Unfinished;
import jp.sekisho.endpoints.policy.Policies;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.endpoints.proposal.ProposalView;
import jp.sekisho.endpoints.proposal.Proposing;
import jp.sekisho.storage.proposal.Proposal;

/** What officers proposed: another one approves it, and it is done; anyone of them withdraws it. */
final class Approvals {

    private final Officers officers;

    Approvals(Officers officers) {
        this.officers = officers;
    }

    /** A list of {@link ProposalView}, oldest first, for officers and approvers. */
    Response waiting() {
        return officers.forRealm(
                officers.either(),
                policy -> Response.ok(
                                eyes(policy).waiting().stream()
                                        .map(ProposalView::of)
                                        .toList(),
                                MediaType.APPLICATION_JSON_TYPE)
                        .build());
    }

    /**
     * @param body {@link Reason}
     * @return what the proposal itself answers; 403 without the role of an approver or for who proposed it, 404 where it
     *     does not wait
     */
    Response approve(String id, String body) {
        return officers.forRealm(Officers.APPROVER, policy -> {
            Reason reason = Body.read(body, Reason.class);
            FourEyes eyes = eyes(policy);
            Optional<Proposal> waiting = eyes.waiting(id);
            if (waiting.isEmpty()) {
                return notWaiting();
            }
            Proposal proposal = waiting.get();
            if (proposal.by().equals(officers.caller())) {
                return Problem.forbidden("Who proposed it does not approve it.");
            }
            if (!eyes.approve(proposal, officers.caller(), reason.reason())) {
                return notWaiting();
            }
            Response done = done(policy, proposal);
            if (done.getStatusInfo().getFamily() != Response.Status.Family.SUCCESSFUL) {
                officers.session().getTransactionManager().setRollbackOnly();
                return done;
            }
            Proposing.told(officers, proposal, "approve");
            return done;
        });
    }

    /**
     * @param body {@link Reason}
     * @return 204; 403 for whom it would freeze or shut out, 404 where it does not wait
     */
    Response withdraw(String id, String body) {
        return officers.forRealm(officers.either(), policy -> {
            Reason reason = Body.read(body, Reason.class);
            FourEyes eyes = eyes(policy);
            Optional<Proposal> waiting = eyes.waiting(id);
            if (waiting.filter(this::stopsCaller).isPresent()) {
                return Problem.forbidden("Nobody withdraws what would stop himself.");
            }
            Optional<Proposal> withdrawn =
                    waiting.filter(proposal -> eyes.withdraw(proposal, officers.caller(), reason.reason()));
            withdrawn.ifPresent(proposal -> Proposing.told(officers, proposal, "withdraw"));
            return withdrawn.isPresent() ? Response.noContent().build() : notWaiting();
        });
    }

    private boolean stopsCaller(Proposal proposal) {
        return !proposal.by().equals(officers.caller())
                && stopped(proposal).filter(officers.caller()::equals).isPresent();
    }

    /** Id of the user whom it would stop, or shut out from where he is. */
    private static Optional<String> stopped(Proposal proposal) {
        return switch (proposal.kind()) {
            case FREEZE, DISOWN -> Optional.of(Proposing.user(proposal));
            // An ALLOW shuts out from everywhere else, and its end from there.
            case ACCESS_RULES, ACCESS_RULE_END -> OfficersRules.customer(proposal);
            case POLICY, POSTAL_CODE, IDENTITY, MARK_LIFT, OPERATION_RELEASE -> Optional.empty();
        };
    }

    private Response done(RealmPolicy policy, Proposal proposal) throws Body.Unreadable {
        return switch (proposal.kind()) {
            case POLICY -> new Policies(officers).approved(proposal);
            case ACCESS_RULES -> new OfficersRules(officers).approvedRules(policy, proposal);
            case ACCESS_RULE_END -> new OfficersRules(officers).approvedEnd(policy, proposal);
            case POSTAL_CODE -> new Identity(officers).approvedPostalCode(proposal);
            case FREEZE -> new Freezes(officers).approvedFreeze(proposal);
            case DISOWN -> new Freezes(officers).approvedDisown(proposal);
            case MARK_LIFT -> new Freezes(officers).approvedLift(proposal);
            case OPERATION_RELEASE -> new Unfinished(officers).approvedRelease(proposal);
            case IDENTITY ->
                Problem.conflict(
                        "enter-again", "The approver enters the record himself: customers/{id}/identity/approve.");
        };
    }

    private static Response notWaiting() {
        return Problem.notFound("No such proposal waits.");
    }

    private FourEyes eyes(RealmPolicy policy) {
        return FourEyes.of(officers.session(), officers.realm(), policy);
    }
}
