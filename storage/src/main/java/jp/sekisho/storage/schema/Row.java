package jp.sekisho.storage.schema;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** One row of an answer, read column after column. */
public final class Row {

    private final ResultSet columns;
    private int last;

    Row(ResultSet columns) {
        this.columns = columns;
    }

    /** @return null where the column is */
    public String text() throws SQLException {
        return columns.getString(++last);
    }

    /** @return 0 where the column is null */
    public int integer() throws SQLException {
        return columns.getInt(++last);
    }

    /** @return 0 where the column is null */
    public long number() throws SQLException {
        return columns.getLong(++last);
    }

    /** @return 0 where the column is null */
    public double real() throws SQLException {
        return columns.getDouble(++last);
    }

    /** @return null where the column is */
    public BigDecimal decimal() throws SQLException {
        return columns.getBigDecimal(++last);
    }

    public Optional<Boolean> flag() throws SQLException {
        boolean flag = columns.getBoolean(++last);
        return columns.wasNull() ? Optional.empty() : Optional.of(flag);
    }

    /** As {@link InstantMillis} has it; null where the column is. */
    public Instant instant() throws SQLException {
        long millis = columns.getLong(++last);
        return columns.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    /** The database's {@code current_timestamp}, in whole milliseconds. */
    public Instant clock() throws SQLException {
        return columns.getObject(++last, OffsetDateTime.class).toInstant().truncatedTo(ChronoUnit.MILLIS);
    }
}
