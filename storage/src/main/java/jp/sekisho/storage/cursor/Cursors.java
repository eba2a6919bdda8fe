package jp.sekisho.storage.cursor;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.Session;

/**
 * How far workers have come, a row a realm and worker. Whoever holds the row works; the others go on without waiting.
 * The row is held by the transaction that does the work, so a killed node's share is undone and free at once, and
 * nothing is ever done twice.
 */
public final class Cursors {

    private final EntityManager em;

    public Cursors(EntityManager em) {
        this.em = em;
    }

    /** A row that this transaction holds. */
    public static final class Held {

        private final CursorEntity entity;

        private Held(CursorEntity entity) {
            this.entity = entity;
        }

        public Position position() {
            return new Position(entity.at, entity.id);
        }

        /** Never back: what a policy takes longer for from now on was done all the same. */
        public void move(Position position) {
            if (position.compareTo(position()) > 0) {
                entity.at = position.at();
                entity.id = position.id();
            }
        }
    }

    /**
     * Takes the row until the end of the transaction. One that is not there is made for the next time: nobody waits for
     * the first one's work.
     *
     * @return empty while another transaction has it
     */
    public Optional<Held> hold(String realmId, String name) {
        Optional<Held> held = lock(realmId, name);
        if (held.isEmpty() && !exists(realmId, name)) {
            em.createQuery("""
                            insert into CursorEntity (realmId, name, at, id) values (:realm, :name, :at, :id)
                            on conflict do nothing""")
                    .setParameter("realm", realmId)
                    .setParameter("name", name)
                    .setParameter("at", Position.START.at())
                    .setParameter("id", Position.START.id())
                    .executeUpdate();
        }
        return held;
    }

    /** Another row of the same realm, which only those touch who hold the first. */
    public Held beside(Held first, String name) {
        String realmId = first.entity.realmId;
        CursorEntity known = em.find(CursorEntity.class, new CursorEntity.Key(realmId, name));
        if (known != null) {
            return new Held(known);
        }
        CursorEntity entity = new CursorEntity();
        entity.realmId = realmId;
        entity.name = name;
        entity.at = Position.START.at();
        entity.id = Position.START.id();
        em.persist(entity);
        return new Held(entity);
    }

    /**
     * Takes the row if {@code before} is not before its time: for what is to happen once in a while.
     *
     * @return empty while another transaction has it, or since it was done after {@code before}
     */
    public Optional<Held> holdIfNotSince(String realmId, String name, Instant before) {
        return hold(realmId, name).filter(held -> !held.position().at().isAfter(before));
    }

    /** Where the worker is, for those who only want to know; empty where none began. */
    public Optional<Position> position(String realmId, String name) {
        return Optional.ofNullable(em.find(CursorEntity.class, new CursorEntity.Key(realmId, name)))
                .map(entity -> new Position(entity.at, entity.id))
                .filter(position -> !position.equals(Position.START));
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from CursorEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }

    private Optional<Held> lock(String realmId, String name) {
        List<CursorEntity> rows = em.unwrap(Session.class)
                .createSelectionQuery("from CursorEntity where realmId = :realm and name = :name", CursorEntity.class)
                .setParameter("realm", realmId)
                .setParameter("name", name)
                .setHibernateLockMode(LockMode.UPGRADE_SKIPLOCKED)
                .getResultList();
        return rows.stream().map(Held::new).findFirst();
    }

    private boolean exists(String realmId, String name) {
        return em.createQuery("select count(*) from CursorEntity where realmId = :realm and name = :name", Long.class)
                        .setParameter("realm", realmId)
                        .setParameter("name", name)
                        .getSingleResult()
                > 0;
    }
}
