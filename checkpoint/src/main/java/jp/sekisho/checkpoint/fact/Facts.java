package jp.sekisho.checkpoint.fact;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.sekisho.policies.passkey.PasskeyFacts;
import jp.sekisho.policies.recovery.RecoveryMeans;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Index;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.schema.RowId;

/** Makes the rows of the evidence log that workers leave: what became of records and of what they taught. */
// FFAJ-3-S3
public final class Facts {

    private Facts() {}

    /** A disowned login counts for nothing any more. */
    public static EvidenceRow unlearned(String realmId, String decisionId, String customer, Instant at) {
        return row(
                realmId,
                Kind.UNLEARNED,
                Optional.of(decisionId),
                Optional.of(customer),
                Optional.empty(),
                at,
                Map.of());
    }

    /** A batch of the log itself is gone, by the policy's retention. */
    public static EvidenceRow evidenceDeleted(
            String realmId, Deleted deleted, Instant before, String policyVersion, Instant at) {
        return deleted(realmId, "evidence", deleted, before, policyVersion, at);
    }

    /** A batch of rows is gone, whose time was up. */
    // FFAJ-2.2-S3
    public static EvidenceRow deleted(
            String realmId, String what, Deleted deleted, Instant before, String policyVersion, Instant at) {
        return row(
                realmId,
                Kind.DELETION,
                Optional.empty(),
                Optional.empty(),
                Optional.of(policyVersion),
                at,
                Map.of(
                        "what", what,
                        "rows", deleted.rows(),
                        "from", deleted.from().toString(),
                        "to", deleted.to().toString(),
                        "before", before.toString()));
    }

    /** What was kept of a customer is gone with the user. */
    // FFAJ-2.2-S3
    public static EvidenceRow stateDeleted(String realmId, String customer, Instant at) {
        return row(
                realmId,
                Kind.DELETION,
                Optional.empty(),
                Optional.of(customer),
                Optional.empty(),
                at,
                Map.of("what", "state"));
    }

    /** What was kept of all customers is gone with the realm. */
    // FFAJ-2.2-S3
    public static EvidenceRow realmStateDeleted(String realmId, Instant at) {
        return row(
                realmId,
                Kind.DELETION,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                at,
                Map.of("what", "realm-state"));
    }

    /** A customer showed these means in place of a lost passkey. */
    // JP25-12
    public static EvidenceRow recovered(
            String realmId,
            String decisionId,
            String customer,
            Collection<RecoveryMeans> means,
            String policyVersion,
            Instant at) {
        return row(
                realmId,
                Kind.RECOVERY,
                Optional.of(decisionId),
                Optional.of(customer),
                Optional.of(policyVersion),
                at,
                Map.of("means", means.stream().map(RecoveryMeans::name).sorted().toList()));
    }

    /** A new passkey, and until when it is provisional. */
    // JP25-12
    public static EvidenceRow passkeyEnrolled(
            String realmId,
            String customer,
            PasskeyFacts facts,
            Optional<Instant> provisionalUntil,
            String policyVersion,
            Instant at) {
        Map<String, Object> details = new TreeMap<>(Map.of("passkey", facts));
        provisionalUntil.ifPresent(until -> details.put("provisionalUntil", until.toString()));
        return row(
                realmId,
                Kind.PASSKEY_ENROLLED,
                Optional.empty(),
                Optional.of(customer),
                Optional.of(policyVersion),
                at,
                details);
    }

    /** A provisional passkey was ended. */
    public static EvidenceRow passkeyStopped(
            String realmId, String customer, String credential, Map<String, String> why, Instant at) {
        Map<String, Object> details = new TreeMap<>(why);
        details.put("credential", credential);
        return row(
                realmId, Kind.PASSKEY_STOPPED, Optional.empty(), Optional.of(customer), Optional.empty(), at, details);
    }

    /** A fact of any kind, with what only it knows. */
    public static EvidenceRow row(
            String realmId,
            Kind kind,
            Optional<String> decisionId,
            Optional<String> customer,
            Optional<String> policyVersion,
            Instant at,
            Map<String, Object> details) {
        String id = RowId.next();
        Map<String, Object> content = new TreeMap<>(details);
        content.put("id", id);
        content.put("at", at.toString());
        content.put("realm", realmId);
        content.put("kind", kind.name());
        decisionId.ifPresent(decision -> content.put("decision", decision));
        customer.ifPresent(pseudonym -> content.put("customer", pseudonym));
        policyVersion.ifPresent(version -> content.put("policyVersion", version));
        return new EvidenceRow(
                id,
                realmId,
                kind,
                decisionId,
                at,
                Index.of(customer, Optional.empty(), Optional.empty(), policyVersion),
                RecordJson.write(content));
    }
}
