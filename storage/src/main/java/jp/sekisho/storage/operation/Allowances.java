package jp.sekisho.storage.operation;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import jp.sekisho.storage.schema.Statements;

/** How many requests of an app were taken in the minute, over all nodes. */
public final class Allowances {

    private static final long MINUTE = 60_000;

    private static final String BEGIN = """
            insert into {h-schema}SEKISHO_OPERATION_ALLOWANCE (REALM_ID, CLIENT_ID, MINUTE_OF, USED) values (?, ?, ?, ?)""";

    private static final String TAKE = """
            update {h-schema}SEKISHO_OPERATION_ALLOWANCE set
            USED = case when MINUTE_OF = ? then USED + ? else ? end, MINUTE_OF = ?
            where REALM_ID = ? and CLIENT_ID = ? and (MINUTE_OF < ? or MINUTE_OF = ? and USED <= ?)""";

    private final EntityManager em;

    public Allowances(EntityManager em) {
        this.em = em;
    }

    /**
     * Takes so many of the minute's.
     *
     * @param most how many there are in a minute
     * @return false where there are not so many left
     */
    public boolean take(String realmId, String clientId, int count, int most, Instant now) {
        long minute = minute(now);
        if (count > most) {
            return false;
        }
        return taken(realmId, clientId, count, most, minute)
                || Statements.of(em)
                        .insertUnlessThere(
                                BEGIN,
                                values -> values.text(realmId)
                                        .text(clientId)
                                        .number(minute)
                                        .number(count))
                // Somebody else began, just now or long ago.
                || taken(realmId, clientId, count, most, minute);
    }

    private boolean taken(String realmId, String clientId, int count, int most, long minute) {
        return Statements.of(em)
                        .update(
                                TAKE,
                                values -> values.number(minute)
                                        .number(count)
                                        .number(count)
                                        .number(minute)
                                        .text(realmId)
                                        .text(clientId)
                                        .number(minute)
                                        .number(minute)
                                        .number(most - count))
                == 1;
    }

    /** When the next minute begins. */
    public static Instant end(Instant now) {
        return Instant.ofEpochMilli((minute(now) + 1) * MINUTE);
    }

    private static long minute(Instant now) {
        return Math.floorDiv(now.toEpochMilli(), MINUTE);
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from AllowanceEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
