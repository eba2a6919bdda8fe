package jp.sekisho.checkpoint.identity;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.identity.IdentityRow;
import jp.sekisho.storage.identity.PostalCode;

/** What the evidence log is told of identities: never a reference, never a code. */
// FFAJ-1.1-B2
final class IdentityFacts {

    private final EntityManager em;
    private final String realmId;
    private final String policyVersion;

    IdentityFacts(EntityManager em, String realmId, String policyVersion) {
        this.em = em;
        this.realmId = realmId;
        this.policyVersion = policyVersion;
    }

    void verified(String customer, IdentityRow row) {
        Map<String, Object> details = new TreeMap<>();
        details.put("what", "verified");
        details.put("record", row.id());
        details.put("method", row.method().name());
        details.put("verifiedAt", row.verifiedAt().toString());
        row.evidenceHash().ifPresent(hash -> details.put("evidenceHash", hash));
        row.officer().ifPresent(officer -> details.put("officer", officer));
        row.recovery().ifPresent(number -> details.put("recovery", number));
        row.provider().ifPresent(provider -> details.put("provider", provider));
        append(customer, row.recordedAt(), details);
    }

    void issued(String customer, PostalCode code, String reason) {
        Map<String, Object> details = new TreeMap<>(Map.of(
                "what", "code-issued",
                "code", code.id(),
                "officer", code.officer(),
                "expiresAt", code.expiresAt().toString(),
                "reason", reason));
        code.approver().ifPresent(approver -> details.put("approver", approver));
        append(customer, code.issuedAt(), details);
    }

    void wrong(String customer, PostalCode code, Instant now) {
        append(customer, now, Map.of("what", "code-wrong", "code", code.id()));
    }

    void redeemed(String customer, PostalCode code, Instant now) {
        append(customer, now, Map.of("what", "code-redeemed", "code", code.id()));
    }

    private void append(String customer, Instant at, Map<String, Object> details) {
        new EvidenceLog(em)
                .append(Facts.row(
                        realmId,
                        Kind.IDENTITY,
                        Optional.empty(),
                        Optional.of(customer),
                        Optional.of(policyVersion),
                        at,
                        details));
    }
}
