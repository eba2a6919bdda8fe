package jp.sekisho.storage.schema;

import java.time.Duration;
import java.time.Instant;

/**
 * A day of UTC, counted from 1970-01-01. Rows that change at each login are found by it: an index on a column that seldom
 * changes leaves PostgreSQL free to update the row in place, without touching any index.
 */
public final class Day {

    private static final long MILLIS = Duration.ofDays(1).toMillis();

    private Day() {}

    public static int of(Instant instant) {
        return Math.toIntExact(Math.floorDiv(instant.toEpochMilli(), MILLIS));
    }
}
