package jp.sekisho.endpoints.policy;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import jp.sekisho.checkpoint.policy.PolicyChanges;
import jp.sekisho.checkpoint.policy.UnreadablePolicyException;
import jp.sekisho.endpoints.caller.Body;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.endpoints.problem.Problem;
import jp.sekisho.endpoints.proposal.Proposing;
import jp.sekisho.storage.proposal.Proposal;

/** The realm's policy: an administrator raises it where he saves it, two officers lower it here. */
// JP25-10
public final class Policies {

    private final Officers officers;

    public Policies(Officers officers) {
        this.officers = officers;
    }

    /** @param config the whole configuration of the policy's component */
    public record NewPolicy(Map<String, String> config, String reason) {
        public NewPolicy {
            if (config == null || config.containsValue(null)) {
                throw new IllegalArgumentException("config: an object of texts is required.");
            }
            config = Map.copyOf(config);
            reason = Reason.checked(reason);
        }
    }

    /**
     * What waits.
     *
     * @param base recognises the policy that it was proposed against
     * @param lowers the keys that it lowers
     */
    private record Waiting(String base, Map<String, String> config, List<String> lowers) {}

    /**
     * @param body {@link NewPolicy}
     * @return 202 with the proposal; 400 for what is no policy
     */
    public Response propose(String body) {
        return officers.forRealm(policy -> {
            NewPolicy wanted = Body.read(body, NewPolicy.class);
            PolicyChanges changes = PolicyChanges.of(officers.session(), officers.realm());
            SortedSet<String> lowers;
            try {
                lowers = changes.lowered(wanted.config());
            } catch (UnreadablePolicyException unreadable) {
                return Problem.badRequest("policy", unreadable.getMessage());
            }
            return Proposing.propose(
                    officers,
                    policy,
                    Proposal.Kind.POLICY,
                    Map.of("base", changes.digest(), "config", wanted.config(), "lowers", lowers),
                    wanted.reason());
        });
    }

    /** @return 204; 409 where the policy became another one since it was proposed, or cannot be obeyed any more */
    public Response approved(Proposal proposal) throws Body.Unreadable {
        Waiting waiting = Body.read(proposal.content(), Waiting.class);
        PolicyChanges changes = PolicyChanges.of(officers.session(), officers.realm());
        if (!changes.digest().equals(waiting.base())) {
            return Problem.conflict("policy-changed", "The policy is another one than when this was proposed.");
        }
        try {
            changes.lowered(waiting.config());
        } catch (UnreadablePolicyException unreadable) {
            return Problem.conflict("policy", unreadable.getMessage());
        }
        changes.approved(waiting.config());
        return Response.noContent().build();
    }
}
