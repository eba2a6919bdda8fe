package jp.sekisho.storage.schema;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;

/** The values of one statement, bound one after the other. */
public final class Values {

    private final PreparedStatement statement;
    private int last;

    Values(PreparedStatement statement) {
        this.statement = statement;
    }

    /** @param text may be null */
    public Values text(String text) throws SQLException {
        statement.setString(++last, text);
        return this;
    }

    public Values text(Optional<String> text) throws SQLException {
        return text(text.orElse(null));
    }

    public Values number(int number) throws SQLException {
        statement.setInt(++last, number);
        return this;
    }

    public Values number(long number) throws SQLException {
        statement.setLong(++last, number);
        return this;
    }

    public Values number(Optional<Long> number) throws SQLException {
        if (number.isPresent()) {
            return number(number.get());
        }
        statement.setNull(++last, Types.BIGINT);
        return this;
    }

    public Values real(double number) throws SQLException {
        statement.setDouble(++last, number);
        return this;
    }

    public Values decimal(Optional<BigDecimal> number) throws SQLException {
        statement.setBigDecimal(++last, number.orElse(null));
        return this;
    }

    public Values flag(boolean flag) throws SQLException {
        statement.setBoolean(++last, flag);
        return this;
    }

    /** As {@link InstantMillis} has it. */
    public Values instant(Instant instant) throws SQLException {
        statement.setLong(++last, instant.toEpochMilli());
        return this;
    }

    public Values instant(Optional<Instant> instant) throws SQLException {
        if (instant.isPresent()) {
            return instant(instant.get());
        }
        statement.setNull(++last, Types.BIGINT);
        return this;
    }

    public Values day(Instant instant) throws SQLException {
        return number(Day.of(instant));
    }
}
