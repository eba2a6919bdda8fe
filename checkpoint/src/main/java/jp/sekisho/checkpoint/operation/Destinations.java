package jp.sekisho.checkpoint.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.decision.Destination;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.payee.StoredPayee;

/**
 * How a bank account stands for a customer.
 *
 * @param waiting before anything goes to a new or changed one
 * @param now the database's clock
 */
// FFAJ-1.4-S3, FFAJ-3-S2
record Destinations(Duration waiting, Instant now) {

    /**
     * What was never registered, or is no more, is looked at as if it were: else nobody who calls it a withdrawal would need to
     * register it.
     *
     * @param known the account, where the customer has or had it
     * @param proposedAt when the withdrawal was asked about
     * @param own whether it is in the customer's name, or an officer looked at it
     */
    Destination ofWithdrawal(Optional<StoredPayee> known, Instant proposedAt, boolean own) {
        Optional<StoredPayee> registered = known.filter(StoredPayee::kept);
        if (registered.isEmpty() && !own) {
            return new Destination.Doubtful();
        }
        Instant usable = registered.map(StoredPayee::usableFrom).orElseGet(() -> proposedAt.plus(waiting));
        return now.isBefore(usable) ? new Destination.Waiting(usable) : new Destination.Usable();
    }

    /** @param own whether it is in the customer's name, or an officer looked at it */
    static Destination ofRegistration(boolean own) {
        return own ? new Destination.Usable() : new Destination.Doubtful();
    }

    Destination of(Operation type, Optional<StoredPayee> known, Instant proposedAt, boolean own) {
        return switch (type) {
            case WITHDRAWAL -> ofWithdrawal(known, proposedAt, own);
            case BANK_ACCOUNT_CHANGE -> ofRegistration(own);
            case LOGIN, TRADE, PROFILE_CHANGE, CREDENTIAL_CHANGE -> new Destination.Usable();
        };
    }
}
