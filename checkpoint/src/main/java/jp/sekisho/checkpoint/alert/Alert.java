package jp.sekisho.checkpoint.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.evidence.EvidenceRow;

/**
 * What the desk was alerted of.
 *
 * @param position when, and the id of the record
 * @param what its code
 * @param customer pseudonym; empty where it is about nobody
 * @param user his user id, where a freeze of his is on file
 * @param decision the record that it is about
 * @param details what only an alert of its kind says
 */
public record Alert(
        Position position,
        String what,
        Optional<String> customer,
        Optional<String> user,
        Optional<String> decision,
        JsonNode details) {

    private static final String WHAT = "what";

    /** Where an alert is about a customer, its code stands there. */
    private static final String RESULT = "result";

    private static final List<String> ENVELOPE =
            List.of("id", "at", "realm", "kind", "customer", "decision", "policyVersion");

    /** @param users ids by pseudonym */
    static Alert of(EvidenceRow row, Map<String, String> users) {
        ObjectNode record = (ObjectNode) RecordJson.read(row.content());
        String what = record.remove(record.has(WHAT) ? WHAT : RESULT).asText();
        record.remove(ENVELOPE);
        Optional<String> customer = row.index().customer();
        return new Alert(
                new Position(row.at(), row.id()), what, customer, customer.map(users::get), row.decisionId(), record);
    }
}
