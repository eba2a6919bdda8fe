package jp.sekisho.policies.notice;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** No message carries a link (decision 10), and nothing that a mail program makes one of. */
// FFAJ-1.2-S2
public final class Links {

    private static final List<String> SIGNS = List.of("://", "mailto:", "www.");
    private static final List<String> WORDS = List.of("href", "src", "url");
    private static final Pattern REFERENCE = Pattern.compile("(?:href|src)\\s*=|url\\s*\\(");
    private static final Pattern DOMAIN = Pattern.compile("[\\p{L}\\p{N}-]+[.\u3002\uFF0E\uFF61]\\p{L}{2,}");

    private Links() {}

    /** Whether a body has a link in it. */
    public static boolean in(String body) {
        if (body == null) {
            return false;
        }
        String lower = body.toLowerCase(Locale.ROOT);
        // Every mail goes through here, nearly none has one of the words: the expression is seldom asked.
        return SIGNS.stream().anyMatch(lower::contains)
                || WORDS.stream().anyMatch(lower::contains)
                        && REFERENCE.matcher(lower).find();
    }

    /** A foreign word as it may stand in a message: empty if it is a link or reads like a domain's name. */
    public static String without(String word) {
        return in(word) || DOMAIN.matcher(word).find() ? "" : word;
    }
}
