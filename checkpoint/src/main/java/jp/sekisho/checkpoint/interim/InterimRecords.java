package jp.sekisho.checkpoint.interim;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Index;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.interim.Exemptions.Expired;
import jp.sekisho.storage.interim.Proposal;
import jp.sekisho.storage.schema.RowId;

/** Makes the rows of the evidence log about exemptions and postponements. Officers are named, customers are not. */
// JP25-4, JP25-5, JP25-12
public final class InterimRecords {

    private final String realmId;
    private final String policyVersion;
    private final Instant at;

    /** @param at the database's clock */
    public InterimRecords(String realmId, String policyVersion, Instant at) {
        this.realmId = realmId;
        this.policyVersion = policyVersion;
        this.at = at;
    }

    public EvidenceRow proposed(String customer, Proposal proposal) {
        return exemption(customer, "PROPOSED", details(proposal));
    }

    public EvidenceRow withdrawn(String customer, Proposal proposal, String officer, String reason) {
        return exemption(customer, "WITHDRAWN", Map.of("exemption", proposal.id(), "officer", officer, "why", reason));
    }

    public EvidenceRow granted(String customer, Proposal proposal, String approver) {
        Map<String, String> details = details(proposal);
        details.put("approvedBy", approver);
        return exemption(customer, "GRANTED", details);
    }

    public EvidenceRow ended(String customer, String exemption, String officer, String reason) {
        return exemption(customer, "ENDED", Map.of("exemption", exemption, "officer", officer, "why", reason));
    }

    /** It came to its end by itself: the customer is asked for a passkey. */
    public EvidenceRow expired(Expired expired) {
        return exemption(
                expired.customer(),
                "EXPIRED",
                Map.of("exemption", expired.id(), "expired", expired.at().toString()));
    }

    public EvidenceRow postponed(String customer, int left) {
        return row(Kind.POSTPONEMENT, customer, "POSTPONED", Map.of("left", Integer.toString(left)));
    }

    private static Map<String, String> details(Proposal proposal) {
        return new TreeMap<>(Map.of(
                "exemption", proposal.id(),
                "reason", proposal.reason(),
                "alternativeMfa", proposal.alternativeMfa().name(),
                "textVersion", proposal.textVersion(),
                "proposedBy", proposal.proposedBy(),
                "expires", proposal.expires().toString()));
    }

    private EvidenceRow exemption(String customer, String result, Map<String, String> details) {
        return row(Kind.EXEMPTION, customer, result, details);
    }

    private EvidenceRow row(Kind kind, String customer, String result, Map<String, String> details) {
        String id = RowId.next();
        Map<String, String> content = new TreeMap<>(details);
        content.put("id", id);
        content.put("at", at.toString());
        content.put("realm", realmId);
        content.put("kind", kind.name());
        content.put("customer", customer);
        content.put("result", result);
        content.put("policyVersion", policyVersion);
        return new EvidenceRow(
                id,
                realmId,
                kind,
                Optional.empty(),
                at,
                Index.of(Optional.of(customer), Optional.empty(), Optional.of(result), Optional.of(policyVersion)),
                RecordJson.write(content));
    }
}
