package jp.sekisho.storage.retention;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;

/**
 * Deletes the rows of a table whose time was up before an instant, oldest first, a batch at a time.
 *
 * @param entity whose rows
 * @param id its primary key
 * @param at when the time of a row was up; where it never is, null
 * @param which what else must be true of them
 */
// FFAJ-2.2-S3
public record Expiry(String entity, String id, String at, String which) {

    public Expiry(String entity, String id, String at) {
        this(entity, id, at, "1 = 1");
    }

    public Optional<Deleted> delete(EntityManager em, String realmId, Instant before, int limit) {
        List<Object[]> oldest = em.createQuery(
                        "select " + id + ", " + at + " from " + entity + " where realmId = :realm and " + at
                                + " < :before and " + which + " order by " + at + ", " + id,
                        Object[].class)
                .setParameter("realm", realmId)
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
        if (oldest.isEmpty()) {
            return Optional.empty();
        }
        int rows = em.createQuery("delete from " + entity + " where " + id + " in (:ids)")
                .setParameter("ids", oldest.stream().map(row -> row[0]).toList())
                .executeUpdate();
        return Deleted.of(rows, oldest);
    }
}
