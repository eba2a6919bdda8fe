package jp.sekisho.endpoints.alert;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import jp.sekisho.checkpoint.alert.Alert;

/**
 * An alert to the desk.
 *
 * @param id of the record in the evidence log
 * @param at ISO-8601
 * @param what its code, as in {@code alert.<code>} of the webhook
 * @param customer pseudonym; empty where it is about nobody
 * @param user his user id, where a freeze of his is on file
 * @param decision the record that it is about
 * @param details what only an alert of its kind says
 */
public record AlertView(
        String id,
        String at,
        String what,
        Optional<String> customer,
        Optional<String> user,
        Optional<String> decision,
        JsonNode details) {

    static AlertView of(Alert alert) {
        return new AlertView(
                alert.position().id(),
                alert.position().at().toString(),
                alert.what(),
                alert.customer(),
                alert.user(),
                alert.decision(),
                alert.details());
    }
}
