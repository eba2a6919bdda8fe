package jp.sekisho.checkpoint.notice;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a notice tells. Everything is in words and masked already: it goes to mail servers and gateways as it stands. What
 * is not known is the empty string.
 *
 * @param occurredAt when it happened
 * @param subject what sets this fact apart from another one of its kind: the decision's id of a login, the id of a device
 *     or credential; kept with the notice, not sent
 * @param device the device in words, for example {@code Chrome (Windows)}
 * @param place the place in words, in the customer's language
 * @param address the client's address, masked
 * @param factor the code of what was shown or changed: {@code password}, {@code mail-code}, {@code recovery-code},
 *     {@code totp}, {@code passkey}, {@code trading-password}
 * @param client the app's name as the customer knows it
 * @param extra further words for channels of a firm's own; keys in kebab-case
 */
public record NoticeValues(
        Instant occurredAt,
        String subject,
        String device,
        String place,
        String address,
        String factor,
        String client,
        Map<String, String> extra) {

    /** Key of {@link #extra}: until when a new passkey is provisional, ISO-8601. */
    public static final String PROVISIONAL_UNTIL = "provisional-until";

    /** Key of {@link #extra}: the names of the attributes that were changed, with commas between them. */
    public static final String CHANGED = "changed";

    /** Key of {@link #extra}: which bindings are to a flow that lets somebody past the checkpoint; empty where none is. */
    public static final String UNGUARDED = "unguarded";

    /** Keys of {@link #extra}: what an operation of an app was about, the account masked. */
    public static final String AMOUNT = "amount";

    public static final String ORDER = "order";
    public static final String PAYEE = "payee";

    /** Key of {@link #extra}: until when it is held, ISO-8601. */
    public static final String HELD_UNTIL = "held-until";

    /** Key of {@link #extra}: from when on something is in force, ISO-8601. */
    public static final String IN_FORCE_FROM = "in-force-from";

    /** Key of {@link #extra}: what is stopped, as the words {@code sekisho-notice-stopped-…} name it. */
    public static final String STOPPED = "stopped";

    public NoticeValues {
        if (occurredAt == null) {
            throw new IllegalArgumentException("a notice tells when it happened");
        }
        subject = orEmpty(subject);
        device = orEmpty(device);
        place = orEmpty(place);
        address = orEmpty(address);
        factor = orEmpty(factor);
        client = orEmpty(client);
        extra = extra == null ? Map.of() : Map.copyOf(extra);
    }

    public static NoticeValues at(Instant occurredAt) {
        return new NoticeValues(occurredAt, "", "", "", "", "", "", Map.of());
    }

    public NoticeValues about(String subject) {
        return new NoticeValues(occurredAt, subject, device, place, address, factor, client, extra);
    }

    /** About a fact of its own, which hides behind no earlier one of its kind, however soon it follows. */
    public NoticeValues apart() {
        return about(UUID.randomUUID().toString());
    }

    public NoticeValues on(String device) {
        return new NoticeValues(occurredAt, subject, device, place, address, factor, client, extra);
    }

    public NoticeValues from(String place, String address) {
        return new NoticeValues(occurredAt, subject, device, place, address, factor, client, extra);
    }

    public NoticeValues with(String factor) {
        return new NoticeValues(occurredAt, subject, device, place, address, factor, client, extra);
    }

    public NoticeValues to(String client) {
        return new NoticeValues(occurredAt, subject, device, place, address, factor, client, extra);
    }

    public NoticeValues and(String key, String words) {
        Map<String, String> more = new TreeMap<>(extra);
        more.put(key, words);
        return new NoticeValues(occurredAt, subject, device, place, address, factor, client, more);
    }

    private static String orEmpty(String words) {
        return words == null ? "" : words;
    }
}
