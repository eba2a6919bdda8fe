package jp.sekisho.checkpoint.operation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jp.sekisho.policies.digest.Sha256;

/** What makes two requests the same: whose, what, when, and what was seen; not the token, which an app may have refreshed between. */
final class RequestHash {

    private RequestHash() {}

    static String of(Proposal proposal, String userId) {
        ObjectNode asked = JsonNodeFactory.instance
                .objectNode()
                .put("subject", userId)
                .put("type", proposal.type().name())
                .put("occurredAt", proposal.occurredAt());
        asked.set("details", proposal.sent());
        proposal.seen()
                .ifPresent(seen ->
                        asked.putObject("client").put("address", seen.address()).put("userAgent", seen.userAgent()));
        return Sha256.hex(Content.canonical(asked));
    }
}
