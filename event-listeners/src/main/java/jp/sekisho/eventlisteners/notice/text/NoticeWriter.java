package jp.sekisho.eventlisteners.notice.text;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.OutgoingNotice;
import jp.sekisho.eventlisteners.notice.text.NoticeText.Row;
import jp.sekisho.policies.notice.Links;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.profile.Contact;

/** Puts a notice into words: a subject, what happened, what to do, whom to call. No link, no full personal value. */
// FFAJ-1.2-S2, JP25-9
public final class NoticeWriter {

    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final String PREFIX = "sekisho-notice-";
    private static final Pattern COMMAS = Pattern.compile(",");
    private static final int REFERENCE_GROUP = 4;

    private final Properties messages;
    private final Locale locale;

    public NoticeWriter(Properties messages, Locale locale) {
        this.messages = messages;
        this.locale = locale;
    }

    /** @param firm the firm as its customers know it */
    public NoticeText write(OutgoingNotice notice, String firm) {
        String code = notice.notice().code();
        return new NoticeText(
                locale.toLanguageTag(),
                say(code + "-subject", firm),
                notice.customer().isEmpty() ? "" : say("greeting", notice.customer()),
                say(code + "-lead", firm),
                details(notice),
                say(code + "-advice", firm),
                say("contact-title", firm),
                contact(notice.contact()),
                say("footer", firm));
    }

    private List<Row> details(OutgoingNotice notice) {
        NoticeValues values = notice.payload().values();
        Rows rows = new Rows();
        if (notice.notice() == Notice.HELD_BACK) {
            notice.heldBack().forEach((held, count) -> rows.add(say(held.code() + "-name"), say("count", count)));
        } else {
            rows.add(say("time"), time(values.occurredAt()));
            rows.add(say("client"), Links.without(values.client()));
            rows.add(say("device"), Links.without(values.device()));
            rows.add(say("place"), Links.without(values.place()));
            rows.add(say("address"), values.address());
            rows.add(say("provisional-until"), time(values, NoticeValues.PROVISIONAL_UNTIL));
            rows.add(say("amount"), values.extra().getOrDefault(NoticeValues.AMOUNT, ""));
            rows.add(say("order"), Links.without(values.extra().getOrDefault(NoticeValues.ORDER, "")));
            rows.add(say("payee"), Links.without(values.extra().getOrDefault(NoticeValues.PAYEE, "")));
            rows.add(say("held-until"), time(values, NoticeValues.HELD_UNTIL));
            rows.add(say("in-force-from"), time(values, NoticeValues.IN_FORCE_FROM));
            rows.add(say("changed"), changed(values.extra().getOrDefault(NoticeValues.CHANGED, "")));
            rows.add(say("unguarded"), values.extra().getOrDefault(NoticeValues.UNGUARDED, ""));
            rows.add(say("stopped"), stopped(values.extra().getOrDefault(NoticeValues.STOPPED, "")));
            rows.add(say("factor"), values.factor().isEmpty() ? "" : factor(values.factor()));
        }
        rows.add(say("customer"), notice.customer());
        rows.add(say("reference"), reference(notice.id()));
        if (!notice.stopCode().isEmpty()) {
            rows.add(say("stop-code"), say("stop-code-value", notice.stopCode()));
        }
        return rows.rows;
    }

    /** In two groups: one in forty would else be eight digits, as a one-time code is. */
    private static String reference(String id) {
        String shown = id.toUpperCase(Locale.ROOT);
        return shown.substring(0, REFERENCE_GROUP) + '-' + shown.substring(REFERENCE_GROUP, 2 * REFERENCE_GROUP);
    }

    private List<Row> contact(Contact contact) {
        Rows rows = new Rows();
        rows.add(say("contact-name"), contact.name());
        rows.add(say("contact-phone"), contact.phone());
        rows.add(say("contact-hours"), contact.hours());
        return rows.rows;
    }

    /** What a firm calls its attributes is not told: those that have no words here are told as others. */
    private String changed(String names) {
        return COMMAS.splitAsStream(names)
                .filter(name -> !name.isEmpty())
                .map(name -> messages.getProperty(PREFIX + "attribute-" + name, raw("attribute-other")))
                .distinct()
                .collect(Collectors.joining(raw("separator")));
    }

    private String stopped(String what) {
        return what.isEmpty() ? "" : say("stopped-" + what);
    }

    private String factor(String code) {
        return messages.getProperty("sekisho-factor-" + code, "");
    }

    private String time(NoticeValues values, String key) {
        return Optional.ofNullable(values.extra().get(key))
                .map(Instant::parse)
                .map(this::time)
                .orElse("");
    }

    private String time(Instant instant) {
        DateTimeFormatter pattern = DateTimeFormatter.ofPattern(raw("time-pattern"), locale);
        return say("time-value", pattern.format(instant.atZone(JAPAN)));
    }

    private String say(String key, Object... words) {
        return new MessageFormat(raw(key), locale).format(words);
    }

    private String raw(String key) {
        return messages.getProperty(PREFIX + key, PREFIX + key);
    }

    /** Only what is known is told. */
    private static final class Rows {

        private final List<Row> rows = new ArrayList<>();

        void add(String label, String value) {
            if (!value.isBlank()) {
                rows.add(new Row(label, value));
            }
        }
    }
}
