package jp.sekisho.policies.notice;

import java.util.regex.Pattern;

/** No message carries a link (decision 10), and nothing that a mail program makes one of. */
// FFAJ-1.2-S2
public final class Links {

    private static final Pattern LINK =
            Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*://|\\bmailto:|\\bwww\\.|\\bhref\\s*=|\\bsrc\\s*=|\\burl\\s*\\(");
    private static final Pattern DOMAIN = Pattern.compile("[\\p{L}\\p{N}-]+[.\u3002\uFF0E\uFF61]\\p{L}{2,}");

    private Links() {}

    /** Whether a body has a link in it. */
    public static boolean in(String body) {
        return body != null && LINK.matcher(body).find();
    }

    /** A foreign word as it may stand in a message: empty if it is a link or reads like a domain's name. */
    public static String without(String word) {
        return in(word) || DOMAIN.matcher(word).find() ? "" : word;
    }
}
