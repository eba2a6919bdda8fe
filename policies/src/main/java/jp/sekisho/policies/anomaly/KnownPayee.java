package jp.sekisho.policies.anomaly;

import java.time.Instant;
import java.util.Optional;

/**
 * What is known of the payee that an operation names.
 *
 * @param since when it became this customer's, or was last changed; empty where it is not his
 * @param paid withdrawals that went there
 * @param others other customers who named the same account within {@link AnomalyPolicy.Windows#sharedPayee()}
 */
public record KnownPayee(Optional<Instant> since, int paid, int others) {

    public static final KnownPayee NOT_HIS = new KnownPayee(Optional.empty(), 0, 0);
}
