package jp.sekisho.checkpoint.interim;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.interim.Exemptions;
import jp.sekisho.storage.interim.Grant;
import jp.sekisho.storage.interim.Proposal;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * One customer's exemption from passkeys. What is done, its record and its notice go with the session's transaction: all or
 * nothing (decision 9).
 */
// JP25-5
public final class ExemptionFile {

    private final RealmModel realm;
    private final String customer;
    private final UserModel user;
    private final Instant now;
    private final Exemptions exemptions;
    private final EvidenceLog log;
    private final InterimRecords records;
    private final Notices notices;

    /**
     * @param customer pseudonym of the user
     * @param now the database's clock
     */
    public ExemptionFile(
            KeycloakSession session,
            RealmModel realm,
            RealmPolicy policy,
            String customer,
            UserModel user,
            Instant now) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = realm;
        this.customer = customer;
        this.user = user;
        this.now = now;
        this.exemptions = new Exemptions(em);
        this.log = new EvidenceLog(em);
        this.records = new InterimRecords(realm.getId(), policy.version(), now);
        this.notices = Notices.of(session, realm, policy);
    }

    /** What waits for an approver. */
    public Optional<Proposal> proposal() {
        return exemptions.proposal(customer);
    }

    /** The last one, ended or not. */
    public Optional<Grant> granted() {
        return exemptions.granted(customer);
    }

    /** @return false where a proposal waits already */
    public boolean propose(Proposal proposal) {
        return recorded(
                exemptions.propose(realm.getId(), customer, user.getId(), proposal),
                records.proposed(customer, proposal));
    }

    /** @return false where the proposal does not wait any more, or is the approver's own */
    public boolean approve(Proposal proposal, String approver) {
        boolean granted = recorded(
                exemptions.approve(realm.getId(), customer, user.getId(), proposal, approver, now),
                records.granted(customer, proposal, approver));
        if (granted) {
            tell(Notice.EXEMPTION_GRANTED, proposal.id());
        }
        return granted;
    }

    /** @return the proposal that is withdrawn; empty where none waits */
    public Optional<Proposal> withdraw(String officer, String reason) {
        return proposal()
                .filter(proposal -> recorded(
                        exemptions.withdraw(customer, proposal.id()),
                        records.withdrawn(customer, proposal, officer, reason)));
    }

    /** @return the exemption that ends; empty where none goes on */
    public Optional<Proposal> end(String officer, String reason) {
        Optional<Proposal> ended = granted()
                .map(Grant::proposal)
                .filter(proposal -> recorded(
                        exemptions.end(customer, proposal.id(), now),
                        records.ended(customer, proposal.id(), officer, reason)));
        ended.ifPresent(proposal -> tell(Notice.EXEMPTION_ENDED, proposal.id()));
        return ended;
    }

    private boolean recorded(boolean done, EvidenceRow record) {
        if (done) {
            log.append(record);
        }
        return done;
    }

    private void tell(Notice notice, String exemption) {
        notices.tell(user, notice, NoticeValues.at(now).about(exemption));
    }
}
