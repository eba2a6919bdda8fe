package jp.sekisho.authenticators.interim;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.policies.interim.Stage;
import jp.sekisho.policies.interim.Standing;
import jp.sekisho.policies.profile.Profile;

/** What the page says: the whole schedule, where the customer stands in it, and what he may still do. */
// JP25-4
record SchedulePage(Locale locale, Profile profile, Instant now, boolean totp) {

    Map<String, Object> attributes(Standing standing) {
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("standing", standing.getClass().getSimpleName().toLowerCase(Locale.ROOT));
        attributes.put("stages", stages());
        standing.passwordUntil().ifPresent(until -> attributes.put("until", lastDay(until)));
        if (standing instanceof Standing.Postponable postponable) {
            attributes.put("left", postponable.left());
            attributes.put("lastDay", day(postponable.lastDay()));
        }
        return attributes;
    }

    /** Those about him, oldest first. */
    private List<Map<String, Object>> stages() {
        Optional<Stage> current = profile.migration().at(now.atZone(zone()).toLocalDate(), totp);
        return profile.migration().about(totp).stream()
                .map(stage -> Map.<String, Object>of(
                        "from", day(stage.from()),
                        "ask", stage.ask().name().toLowerCase(Locale.ROOT),
                        "current", current.filter(stage::equals).isPresent()))
                .toList();
    }

    /** The last day on which it is still allowed. */
    private String lastDay(Instant until) {
        return day(until.atZone(zone()).minusNanos(1).toLocalDate());
    }

    private String day(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(day);
    }

    private ZoneId zone() {
        return profile.risk().zone();
    }
}
