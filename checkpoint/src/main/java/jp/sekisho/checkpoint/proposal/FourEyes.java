package jp.sekisho.checkpoint.proposal;

import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import jp.sekisho.checkpoint.alert.DeskAlerts;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.proposal.Proposal;
import jp.sekisho.storage.proposal.Proposals;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What one officer proposes and another one approves. Each step is recorded, and told to the desk by an alert, in the
 * transaction that takes it.
 */
// FFAJ-2.1-S3, JP25-12
public final class FourEyes {

    /** A forgotten proposal must not be approved by somebody who remembers other circumstances. */
    public static final Duration VALID = Duration.ofDays(7);

    private final EntityManager em;
    private final RealmModel realm;
    private final String policyVersion;
    private final DeskAlerts alerts;
    private final Proposals proposals;
    private final Instant now;

    private FourEyes(EntityManager em, RealmModel realm, String policyVersion, DeskAlerts alerts) {
        this.em = em;
        this.realm = realm;
        this.policyVersion = policyVersion;
        this.alerts = alerts;
        this.proposals = new Proposals(em);
        this.now = DatabaseClock.now(em);
    }

    public static FourEyes of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new FourEyes(
                session.getProvider(JpaConnectionProvider.class).getEntityManager(),
                realm,
                policy.version(),
                DeskAlerts.of(session, realm, policy));
    }

    /**
     * @param content what is wanted, as JSON
     * @param by the officer's user id
     */
    public Proposal propose(Proposal.Kind kind, String content, String by, String reason) {
        Proposal proposal = new Proposal(UUID.randomUUID().toString(), realm.getId(), kind, content, reason, by, now);
        proposals.add(proposal);
        record(proposal, "PROPOSED", by, reason);
        return proposal;
    }

    /** Oldest first. */
    public List<Proposal> waiting() {
        return proposals.since(realm.getId(), oldest());
    }

    public Optional<Proposal> waiting(String id) {
        return proposals.find(realm.getId(), id, oldest());
    }

    /** @return false where it does not wait any more, or is the approver's own */
    public boolean approve(Proposal proposal, String by, String reason) {
        return !proposal.by().equals(by) && take(proposal, "APPROVED", by, reason);
    }

    /** @return false where it does not wait any more */
    public boolean withdraw(Proposal proposal, String by, String reason) {
        return take(proposal, "WITHDRAWN", by, reason);
    }

    private boolean take(Proposal proposal, String result, String by, String reason) {
        boolean taken = proposals.take(proposal.id());
        if (taken) {
            record(proposal, result, by, reason);
        }
        return taken;
    }

    private Instant oldest() {
        return now.minus(VALID);
    }

    private void record(Proposal proposal, String result, String by, String reason) {
        Map<String, Object> details = new TreeMap<>(Map.of(
                "proposal", proposal.id(),
                "what", proposal.kind().name(),
                "content", proposal.content(),
                "contentSha256", Sha256.hex(proposal.content()),
                "proposedBy", proposal.by(),
                "result", result,
                "by", by,
                "reason", reason));
        new EvidenceLog(em)
                .append(Facts.row(
                        realm.getId(),
                        Kind.PROPOSAL,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(policyVersion),
                        now,
                        details));
        alerts.raise(
                Notice.PROPOSAL,
                now,
                proposal.id() + result,
                Map.of("proposal", proposal.id(), "of", proposal.kind().name(), "result", result, "by", by));
        Metrics.counter("sekisho.proposals", "result", result.toLowerCase(Locale.ROOT))
                .increment();
    }
}
