package jp.sekisho.checkpoint.operation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import jp.sekisho.checkpoint.decision.OperationSight.Seen;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Operation;

/**
 * What an app asks about.
 *
 * @param requestId the app's own, once for each operation
 * @param occurredAt when the customer wanted it, as the app wrote it
 * @param details what it is about
 * @param sent the details as the app sent them
 * @param seen what the app saw of the customer
 */
public record Proposal(
        String requestId, Operation type, String occurredAt, Details details, JsonNode sent, Optional<Seen> seen) {

    /** Whether an order only takes risk away; a withdrawal that is called a way out is none. */
    public boolean wayOut() {
        return wayOut(type, details);
    }

    static boolean wayOut(Operation type, Details details) {
        return type == Operation.TRADE && details.wayOut();
    }
}
