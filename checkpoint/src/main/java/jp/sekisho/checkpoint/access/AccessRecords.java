package jp.sekisho.checkpoint.access;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.storage.access.StoredRule;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.schema.RowId;

/** Changes of access rules in the evidence log, in the transaction that makes them. */
// FFAJ-3-S3, JP25-12
public final class AccessRecords {

    private final EntityManager em;
    private final String policyVersion;

    public AccessRecords(EntityManager em, String policyVersion) {
        this.em = em;
        this.policyVersion = policyVersion;
    }

    /** @param by an officer's user id or the customer's pseudonym */
    public void made(StoredRule rule, String by, Instant at) {
        write(rule, by, rule.reason(), "MADE", at);
    }

    /** @param rule with the time at which it ends */
    public void ended(StoredRule rule, String by, String reason, Instant at) {
        write(rule, by, reason, "ENDED", at);
    }

    private void write(StoredRule rule, String by, String reason, String result, Instant at) {
        String id = RowId.next();
        Map<String, Object> content = new TreeMap<>();
        content.put("id", id);
        content.put("realm", rule.realmId());
        content.put("at", at.toString());
        content.put("kind", EvidenceRow.Kind.ACCESS_RULE.name());
        content.put("policyVersion", policyVersion);
        content.put("result", result);
        content.put("by", by);
        content.put("reason", reason);
        content.put("rule", rule.id());
        content.put("scope", rule.scope().kind().name());
        content.put("scopeOf", rule.scope().of());
        content.put("effect", rule.effect().name());
        content.put("match", rule.kind().name());
        content.put("matched", rule.matched());
        content.put("strict", rule.strict());
        content.put("from", rule.from().toString());
        rule.until().ifPresent(end -> content.put("until", end.toString()));
        Optional<String> customer = rule.scope().kind() == Scope.Kind.CUSTOMER
                ? Optional.of(rule.scope().of())
                : Optional.empty();
        new EvidenceLog(em)
                .append(new EvidenceRow(
                        id,
                        rule.realmId(),
                        EvidenceRow.Kind.ACCESS_RULE,
                        Optional.empty(),
                        at,
                        EvidenceRow.Index.of(
                                customer, Optional.empty(), Optional.of(result), Optional.of(policyVersion)),
                        RecordJson.write(content)));
    }
}
