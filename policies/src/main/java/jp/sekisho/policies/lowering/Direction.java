package jp.sekisho.policies.lowering;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/** Which change of a value lowers a policy. What cannot be read as what it should be counts as lower. */
@FunctionalInterface
public interface Direction {

    /** Whatever changes. */
    Direction ANY = (before, after) -> true;
    /** No change does. */
    Direction NONE = (before, after) -> false;
    /** The value goes; that it comes does not. */
    Direction REMOVED = (before, after) -> after.isEmpty();
    /** Anything but the first value. */
    Direction ONCE_SET = (before, after) -> before.isPresent();
    /** Numbers. */
    Direction FEWER = numbers((before, after) -> after.compareTo(before) < 0);

    Direction MORE = numbers((before, after) -> after.compareTo(before) > 0);
    /** Durations and periods. */
    Direction SHORTER = times((before, after) -> after < before);

    Direction LONGER = times((before, after) -> after > before);

    boolean lower(Optional<String> before, Optional<String> after);

    /** Names, the lowest first. */
    static Direction order(String... names) {
        List<String> order = List.of(names);
        return both((before, after) -> {
            int was = order.indexOf(before);
            int becomes = order.indexOf(after);
            return was < 0 || becomes < was;
        });
    }

    private static Direction numbers(BiPredicate<BigDecimal, BigDecimal> lower) {
        return both((before, after) -> {
            try {
                return lower.test(new BigDecimal(before), new BigDecimal(after));
            } catch (NumberFormatException unreadable) {
                return true;
            }
        });
    }

    private static Direction times(BiPredicate<Double, Double> lower) {
        return both((before, after) -> {
            try {
                return lower.test(days(before), days(after));
            } catch (DateTimeParseException unreadable) {
                return true;
            }
        });
    }

    private static Direction both(BiPredicate<String, String> lower) {
        return (before, after) ->
                before.isEmpty() || after.isEmpty() || lower.test(before.orElseThrow(), after.orElseThrow());
    }

    private static double days(String text) {
        try {
            return Duration.parse(text).toMillis() / (double) Duration.ofDays(1).toMillis();
        } catch (DateTimeParseException byTheCalendar) {
            Period period = Period.parse(text);
            return period.toTotalMonths() * 365.2425 / 12 + period.getDays();
        }
    }
}
