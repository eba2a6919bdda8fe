package jp.sekisho.checkpoint.freeze;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.schema.RowId;

/** What was frozen, disowned and thawed, in the evidence log: with the transaction that does it, or neither (decision 9). */
// FFAJ-3-S3, JP25-8
final class FreezeFacts {

    private final EntityManager em;
    private final String realmId;
    private final String customer;
    private final String policyVersion;
    private final Instant now;

    FreezeFacts(EntityManager em, String realmId, String customer, String policyVersion, Instant now) {
        this.em = em;
        this.realmId = realmId;
        this.customer = customer;
        this.policyVersion = policyVersion;
        this.now = now;
    }

    void write(
            Kind kind,
            Optional<String> decision,
            Optional<Operation> operation,
            String result,
            Map<String, String> details) {
        String id = RowId.next();
        Map<String, String> content = new TreeMap<>(details);
        content.put("id", id);
        content.put("realm", realmId);
        content.put("at", now.toString());
        content.put("customer", customer);
        content.put("kind", kind.name());
        content.put("policyVersion", policyVersion);
        content.put("result", result);
        decision.ifPresent(about -> content.put("decision", about));
        operation.ifPresent(what -> content.put("operation", what.name()));
        new EvidenceLog(em)
                .append(new EvidenceRow(
                        id,
                        realmId,
                        kind,
                        decision,
                        now,
                        EvidenceRow.Index.of(
                                Optional.of(customer),
                                operation.map(Operation::name),
                                Optional.of(result),
                                Optional.of(policyVersion)),
                        RecordJson.write(content)));
    }
}
