package jp.sekisho.endpoints.proposal;

import com.fasterxml.jackson.databind.JsonNode;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.storage.proposal.Proposal;

/**
 * What waits for a second officer, as he sees it.
 *
 * @param by the proposer's user id
 * @param at ISO-8601
 */
public record ProposalView(String id, String kind, JsonNode content, String reason, String by, String at) {

    public static ProposalView of(Proposal proposal) {
        return new ProposalView(
                proposal.id(),
                proposal.kind().name(),
                RecordJson.read(proposal.content()),
                proposal.reason(),
                proposal.by(),
                proposal.at().toString());
    }
}
