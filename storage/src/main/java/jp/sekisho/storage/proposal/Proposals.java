package jp.sekisho.storage.proposal;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.retention.Expiry;

/** What waits for a second officer, for a while. What two do at once, one of them does. */
public final class Proposals {

    private final EntityManager em;

    public Proposals(EntityManager em) {
        this.em = em;
    }

    public void add(Proposal proposal) {
        ProposalEntity entity = new ProposalEntity();
        entity.id = proposal.id();
        entity.realmId = proposal.realmId();
        entity.kind = proposal.kind();
        entity.content = proposal.content();
        entity.reason = proposal.reason();
        entity.by = proposal.by();
        entity.at = proposal.at();
        em.persist(entity);
        em.flush();
    }

    /** Those of a realm that were made since, oldest first. */
    public List<Proposal> since(String realmId, Instant since) {
        return em.createQuery(
                        "from ProposalEntity where realmId = :realm and at >= :since order by at, id",
                        ProposalEntity.class)
                .setParameter("realm", realmId)
                .setParameter("since", since)
                .getResultStream()
                .map(Proposals::toProposal)
                .toList();
    }

    public Optional<Proposal> find(String realmId, String id, Instant since) {
        return Optional.ofNullable(em.find(ProposalEntity.class, id))
                .filter(entity -> entity.realmId.equals(realmId) && !entity.at.isBefore(since))
                .map(Proposals::toProposal);
    }

    /** @return whether it waited until now */
    public boolean take(String id) {
        return em.createQuery("delete from ProposalEntity where id = :id")
                        .setParameter("id", id)
                        .executeUpdate()
                == 1;
    }

    /** Deletes those that nobody approved before an instant, a batch at a time. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteStale(String realmId, Instant before, int limit) {
        return new Expiry("ProposalEntity", "id", "at").delete(em, realmId, before, limit);
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from ProposalEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private static Proposal toProposal(ProposalEntity entity) {
        return new Proposal(
                entity.id, entity.realmId, entity.kind, entity.content, entity.reason, entity.by, entity.at);
    }
}
