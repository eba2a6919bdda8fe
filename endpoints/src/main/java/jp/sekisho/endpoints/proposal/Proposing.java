package jp.sekisho.endpoints.proposal;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.proposal.FourEyes;
import jp.sekisho.endpoints.caller.Officers;
import jp.sekisho.storage.proposal.Proposal;

/** What one officer alone must not do becomes a proposal. */
public final class Proposing {

    /** In the content of a proposal that is about a user: his id. */
    public static final String USER = "user";

    private static final String RESOURCE = "SEKISHO_PROPOSAL";

    private Proposing() {}

    /** 202 with the {@link ProposalView}. */
    public static Response propose(
            Officers officers, RealmPolicy policy, Proposal.Kind kind, Map<String, ?> content, String reason) {
        Proposal proposal = FourEyes.of(officers.session(), officers.realm(), policy)
                .propose(kind, RecordJson.write(content), officers.caller(), reason);
        told(officers, proposal, "propose");
        return Response.accepted(ProposalView.of(proposal))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    /** Id of the user whom a proposal is about; empty text for one that is about none. */
    public static String user(Proposal proposal) {
        return RecordJson.read(proposal.content()).path(USER).asText();
    }

    /** The admin event. */
    public static void told(Officers officers, Proposal proposal, String what) {
        officers.told(
                RESOURCE,
                Map.of("kind", proposal.kind().name(), "proposedBy", proposal.by(), "reason", proposal.reason()),
                "proposals",
                proposal.id(),
                what);
    }
}
