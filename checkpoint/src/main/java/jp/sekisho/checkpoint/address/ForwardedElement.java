package jp.sekisho.checkpoint.address;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One element of {@code Forwarded} (RFC 7239, section 4). */
final class ForwardedElement {

    /**
     * {@code token=token} or {@code token="quoted string"}; an unquoted bracketed address is let pass, since proxies
     * write it. Possessive, so that no input makes it go back over what it has read.
     */
    private static final Pattern PAIR = Pattern.compile(
            "\\s*+([!#$%&'*+.^_`|~0-9A-Za-z-]++)=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s\";,]++))\\s*+(;|$)");

    /** What a client can make a proxy repeat, such as the host, must not decide how long this takes. */
    private static final int MAX_LENGTH = 1024;

    private ForwardedElement() {}

    /** What {@code for=} says, unquoted; empty where it is missing, there twice, or the element is malformed. */
    static Optional<String> node(String element) {
        if (element.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher pair = PAIR.matcher(element);
        Optional<String> node = Optional.empty();
        int at = 0;
        while (at < element.length()) {
            pair.region(at, element.length());
            if (!pair.lookingAt()) {
                return Optional.empty();
            }
            if (pair.group(1).equalsIgnoreCase("for")) {
                if (node.isPresent()) {
                    return Optional.empty();
                }
                node = Optional.of(value(pair));
            }
            at = pair.end();
        }
        return node;
    }

    private static String value(Matcher pair) {
        return pair.group(2) != null ? pair.group(2).replaceAll("\\\\(.)", "$1") : pair.group(3);
    }
}
