package jp.sekisho.storage.schema;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The one clock that all nodes share (decision 14). */
public final class DatabaseClock {

    /** The same instant in a statement, as {@link InstantMillis} has it. */
    public static final String MILLIS = "cast(floor(extract(epoch from current_timestamp) * 1000) as bigint)";

    private DatabaseClock() {}

    /** The database's time at the start of the transaction, in whole milliseconds. One statement. */
    public static Instant now(EntityManager em) {
        return em.createQuery("select instant", Instant.class).getSingleResult().truncatedTo(ChronoUnit.MILLIS);
    }
}
