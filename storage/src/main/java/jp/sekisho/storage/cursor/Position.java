package jp.sekisho.storage.cursor;

import java.time.Instant;
import java.util.Comparator;

/**
 * A place in the evidence log, which is ordered by time and id.
 *
 * @param at of the row
 * @param id of the row; {@link #BEFORE_ALL} for the place before all rows of that time
 */
public record Position(Instant at, String id) implements Comparable<Position> {

    /** Smaller than any id, and not empty: to some databases an empty string is none at all. */
    public static final String BEFORE_ALL = "-";

    /** Before the first row. */
    public static final Position START = before(Instant.EPOCH);

    private static final Comparator<Position> ORDER =
            Comparator.comparing(Position::at).thenComparing(Position::id);

    /** Before all rows of a time. */
    public static Position before(Instant at) {
        return new Position(at, BEFORE_ALL);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }
}
