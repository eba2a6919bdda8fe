package jp.sekisho.checkpoint.activity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.storage.cursor.Position;

/**
 * One login or operation of a customer, as the evidence log has it.
 *
 * @param id of the decision's record
 * @param result how it ended, as far as it has: a name of {@code Result}, of a state of an operation, or {@code HELD}
 * @param amount of an operation, with its currency
 * @param instrument of an order
 * @param address of the client, not masked
 * @param factors names of what was shown
 * @param disowned whether the customer said that it was not he
 */
public record Activity(
        String id,
        Instant at,
        String operation,
        String result,
        Optional<String> amount,
        Optional<String> instrument,
        Optional<UserAgent> device,
        Optional<String> deviceId,
        Optional<Place> place,
        Optional<String> address,
        List<String> factors,
        boolean disowned) {

    public Position position() {
        return new Position(at, id);
    }
}
