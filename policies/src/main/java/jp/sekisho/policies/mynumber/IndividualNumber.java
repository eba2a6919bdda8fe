package jp.sekisho.policies.mynumber;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds an individual number (My Number) in what somebody typed: twelve digits whose last one is the check digit, in one
 * piece or in groups, in digits of any width. The law forbids to keep it, so it is refused wherever anybody can type.
 *
 * <p>Of twelve other digits one in ten has the check digit by chance, and is refused, too.
 */
// FFAJ-2.2-S4
public final class IndividualNumber {

    private static final int DIGITS = 12;
    private static final int PRINTED_GROUP = 4;

    /** Between two groups of one number: more is a gap between two numbers. */
    private static final int LONGEST_SEPARATOR = 3;

    /** A UUID or a digest: made by a machine, and some of its parts are digits by chance. */
    private static final Pattern IDENTIFIER =
            Pattern.compile("\\b(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[0-9A-Fa-f]{32,})\\b");

    private static final String SEPARATORS = ".,/_:;|~\u2212\u30FC\u30FB\u00B7";

    private IndividualNumber() {}

    /** Whether there is one in the text. */
    public static boolean in(String text) {
        if (text == null || plainlyTooFew(text)) {
            return false;
        }
        String meant = Normalizer.normalize(text, Normalizer.Form.NFKC);
        List<Group> groups = groups(IDENTIFIER.matcher(meant).replaceAll("x"));
        for (int first = 0; first < groups.size(); first++) {
            if (beginsHere(groups, first)) {
                return true;
            }
        }
        return false;
    }

    /** Most of what is looked at: without other signs nothing in it becomes a digit. */
    private static boolean plainlyTooFew(String text) {
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (sign >= 0x80) {
                return false;
            }
            digits += sign >= '0' && sign <= '9' ? 1 : 0;
        }
        return digits < DIGITS;
    }

    /**
     * The check digit of eleven digits.
     *
     * @param digits eleven or more; only the first eleven count
     */
    // 行政手続における特定の個人を識別するための番号の利用等に関する法律に基づく個人番号…総務省令（平成26年総務省令第85号）第5条
    public static int checkDigit(int... digits) {
        int sum = 0;
        for (int n = 1; n < DIGITS; n++) {
            int weight = n <= 6 ? n + 1 : n - 5;
            sum += digits[DIGITS - 1 - n] * weight;
        }
        int remainder = sum % 11;
        return remainder <= 1 ? 0 : 11 - remainder;
    }

    /**
     * Digits in one piece.
     *
     * @param separator what stands before them since the group before; empty where it is no separator, or the first group
     */
    private record Group(String digits, String separator) {}

    private static List<Group> groups(String text) {
        List<Group> groups = new ArrayList<>();
        StringBuilder digits = new StringBuilder();
        StringBuilder separator = new StringBuilder();
        boolean separated = false;
        for (int codePoint : text.codePoints().toArray()) {
            int digit = Character.digit(codePoint, 10);
            if (digit >= 0 && !Character.isLetter(codePoint)) {
                if (digits.isEmpty() && !separated) {
                    separator.setLength(0);
                }
                digits.append(digit);
            } else if (Character.getType(codePoint) != Character.FORMAT) {
                if (!digits.isEmpty()) {
                    groups.add(new Group(digits.toString(), separator.toString()));
                    digits.setLength(0);
                    separator.setLength(0);
                    separated = true;
                }
                separated &= separates(codePoint) && separator.length() < LONGEST_SEPARATOR;
                separator.appendCodePoint(codePoint);
            }
        }
        if (!digits.isEmpty()) {
            groups.add(new Group(digits.toString(), separator.toString()));
        }
        return groups;
    }

    private static boolean separates(int codePoint) {
        return Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.getType(codePoint) == Character.DASH_PUNCTUATION
                || SEPARATORS.indexOf(codePoint) >= 0;
    }

    private static boolean beginsHere(List<Group> groups, int first) {
        StringBuilder digits = new StringBuilder();
        for (int last = first; last < groups.size() && digits.length() < DIGITS; last++) {
            if (last > first && groups.get(last).separator().isEmpty()) {
                return false;
            }
            digits.append(groups.get(last).digits());
            if (digits.length() == DIGITS) {
                return isOne(groups.subList(first, last + 1)) && checks(digits);
            }
        }
        return false;
    }

    /** Parts of a date, a time and a telephone number are no number together: it has one kind of separator, or is grouped as on the card. */
    private static boolean isOne(List<Group> groups) {
        boolean asPrinted = groups.stream().allMatch(group -> group.digits().length() == PRINTED_GROUP);
        long separators =
                groups.stream().skip(1).map(Group::separator).distinct().count();
        return asPrinted || separators <= 1;
    }

    private static boolean checks(CharSequence digits) {
        int[] values = digits.chars().map(digit -> digit - '0').toArray();
        return values[DIGITS - 1] == checkDigit(values);
    }
}
