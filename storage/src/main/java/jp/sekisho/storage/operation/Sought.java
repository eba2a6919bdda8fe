package jp.sekisho.storage.operation;

import java.time.Duration;
import java.util.Optional;
import jp.sekisho.policies.anomaly.Anomaly;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.operation.StoredOperation.Whose;

/**
 * Of what something is to be known before it is decided.
 *
 * @param clientId of the app that asks
 * @param type of the operation
 * @param payee keyed hash of the bank account that is named
 * @param device that the session began on
 * @param part id of what this node itself heard of the session
 * @param since from when on
 */
public record Sought(
        String realmId,
        String clientId,
        Whose whose,
        Operation type,
        Optional<String> payee,
        Optional<String> device,
        Optional<String> part,
        Since since) {

    /**
     * For how long things are known.
     *
     * @param settled operations of any kind; before it only the latest of one kind
     * @param lately operations of the other kinds, and ways out that sold
     * @param shared other customers' bank accounts
     */
    public record Since(Duration settled, Duration lately, Duration shared) {}

    /** Of an order that names no bank account, less is asked. */
    boolean more() {
        return payee.isPresent() || Anomaly.weighsChanges(type);
    }
}
