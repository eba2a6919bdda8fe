package jp.sekisho.endpoints.paging;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jp.sekisho.storage.cursor.Position;

/** Where a page of records ends, as it stands in an address: milliseconds and the record's id. */
public final class Cursor {

    private static final Pattern SHAPE = Pattern.compile("(?<millis>\\d{1,15})\\.(?<id>[0-9a-f-]{1,36})");

    /** Rows of this moment are written while it is asked for. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private Cursor() {}

    /** Where a page begins: at {@code before}, or without one ahead of now. Empty for what is no cursor. */
    public static Optional<Position> begin(String before, Supplier<Instant> now) {
        return before == null ? Optional.of(Position.before(now.get().plus(AHEAD))) : parse(before);
    }

    public static String of(Position position) {
        return position.at().toEpochMilli() + "." + position.id();
    }

    /** Empty for what is no cursor. */
    public static Optional<Position> parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        return matcher.matches()
                ? Optional.of(new Position(
                        Instant.ofEpochMilli(Long.parseLong(matcher.group("millis"))), matcher.group("id")))
                : Optional.empty();
    }
}
