package jp.sekisho.storage.operation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.policies.anomaly.Change;
import jp.sekisho.policies.limit.Standing;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.storage.operation.StoredOperation.Done;
import jp.sekisho.storage.payee.StoredPayee;

/**
 * What is known before an operation is decided.
 *
 * @param window in which the customer confirmed to this app that he trades in the session, as a row has it
 * @param changes when something of the customer changed, where the operation weighs it
 * @param others customers who named the same bank account lately
 * @param heard what other nodes wrote that they heard of the session
 * @param payee the bank account, where the customer has or had it
 * @param done what he was let do before
 */
public record Before(
        Optional<Window> window,
        Map<Change, Instant> changes,
        int others,
        Own own,
        SessionSignals heard,
        Optional<StoredPayee> payee,
        List<Done> done) {

    /**
     * It is worth what its permit is.
     *
     * @param operationId that he confirmed
     */
    public record Window(String operationId, Instant until, String permit) {}

    /**
     * What the customer set for himself.
     *
     * @param withdrawn yen within the day before; 0 where no withdrawal is asked about
     */
    public record Own(Standing limits, BigDecimal withdrawn) {}

    Before with(List<Done> done) {
        return new Before(window, changes, others, own, heard, payee, done);
    }
}
