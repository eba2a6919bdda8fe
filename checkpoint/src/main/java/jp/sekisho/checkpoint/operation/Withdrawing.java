package jp.sekisho.checkpoint.operation;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.operation.State.Move;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperations;
import jp.sekisho.storage.payee.Payees;

/** Takes back what nobody has done yet: a thief may have begun it. */
// JP25-8, JP25-9
public final class Withdrawing {

    private final EntityManager em;

    public Withdrawing(EntityManager em) {
        this.em = em;
    }

    /**
     * With the session's transaction.
     *
     * @param frozen the operation that is frozen; empty for all, and then no bank account in its wait stays either
     * @param why in the records
     * @return how many operations
     */
    public long all(String customer, Optional<Operation> frozen, String why, Instant now) {
        StoredOperations rows = new StoredOperations(em);
        long withdrawn = 0;
        for (StoredOperation operation : rows.unfinished(customer, now)) {
            boolean covered =
                    frozen.isEmpty() || frozen.get() == operation.what().type();
            if (covered && rows.end(operation.id(), Move.VOID, now)) {
                new EvidenceLog(em)
                        .append(OperationFacts.became(operation, State.VOIDED.name(), Map.of("why", why), now));
                withdrawn++;
            }
        }
        if (frozen.isEmpty()) {
            new Payees(em).withdraw(customer, now);
        }
        return withdrawn;
    }
}
