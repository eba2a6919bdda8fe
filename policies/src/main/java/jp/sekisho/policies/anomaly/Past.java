package jp.sekisho.policies.anomaly;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is known of the customer.
 *
 * @param operations the latest that were let through, in any order; at least those of the last days, and of each kind as many as
 *     the policy needs; of ways out those that sold
 * @param changes when each last changed; what is not named has not within memory
 * @param payee of the payee that the operation names, where it names one
 */
public record Past(List<PastOperation> operations, Map<Change, Instant> changes, KnownPayee payee) {

    public Past {
        operations = List.copyOf(operations);
        changes = Map.copyOf(changes);
    }
}
