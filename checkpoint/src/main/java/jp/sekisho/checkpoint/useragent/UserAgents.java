package jp.sekisho.checkpoint.useragent;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.evidence.UserAgent;
import org.keycloak.models.KeycloakSession;
import ua_parser.Client;
import ua_parser.Parser;

/**
 * What a browser says of itself. Bounded: what is read of a header, and how many answers are kept. It only describes,
 * it never identifies.
 */
// FFAJ-3-S1
public final class UserAgents {

    /** Real ones are shorter; the rest is cut off, not refused. */
    static final int MAX_LENGTH = 512;

    /** With the longest keys at two bytes a character, 10 MiB. */
    private static final int MAX_ENTRIES = 10_000;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    /** Some rules take a family over from the header: as a sentence or a telephone number it must not reach a mail. */
    private static final Pattern FAMILY = Pattern.compile("(?!.*[0-9]{4})[\\p{L}0-9][\\p{L}0-9 .+/_!()-]{0,39}");

    private static final int MOST_WORDS = 4;
    private static final String OTHER = "Other";

    private final Parser parser = new Parser();
    // On the caller's thread: the common pool is not ours.
    private final LoadingCache<String, Field<UserAgent>> known = Caffeine.newBuilder()
            .maximumSize(MAX_ENTRIES)
            .executor(Runnable::run)
            .build(this::read);

    private UserAgents() {}

    /** The one of this server; its rules (some 200 KB of patterns) are read at the first call. */
    public static UserAgents shared() {
        return Shared.INSTANCE;
    }

    /** Of the request that the session serves; not collected where it serves none (a job). */
    public Field<UserAgent> of(KeycloakSession session) {
        HttpHeaders headers;
        try {
            headers = session.getContext().getHttpRequest().getHttpHeaders();
        } catch (ContextNotActiveException noRequest) {
            return Field.notCollected();
        }
        return of(headers.getHeaderString(HttpHeaders.USER_AGENT));
    }

    /**
     * @param header the header's value; absent (null) and blank are withheld
     */
    public Field<UserAgent> of(String header) {
        return header == null ? Field.withheld() : known.get(cut(header));
    }

    private static String cut(String header) {
        return header.length() > MAX_LENGTH ? header.substring(0, MAX_LENGTH) : header;
    }

    private Field<UserAgent> read(String head) {
        String text = CONTROL.matcher(head).replaceAll("").strip();
        return text.isEmpty() ? Field.withheld() : Field.of(parse(text));
    }

    private UserAgent parse(String text) {
        Client client = parser.parse(text);
        String os = family(client.os.family);
        return new UserAgent(
                DeviceType.of(client.device.family, os, text).text(),
                os,
                family(client.userAgent.family),
                Optional.ofNullable(client.userAgent.major).orElse(""));
    }

    private static String family(String words) {
        return FAMILY.matcher(words).matches() && words.split(" ").length <= MOST_WORDS ? words : OTHER;
    }

    private static final class Shared {
        static final UserAgents INSTANCE = new UserAgents();
    }
}
