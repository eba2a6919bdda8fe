package jp.sekisho.policies.notice;

import java.util.regex.Pattern;
import jp.sekisho.policies.operation.Payee;

/** Personal values as they may leave: recognised by their owner, useless to another reader. */
public final class Masking {

    private static final String HIDDEN = "***";
    private static final Pattern DOTS = Pattern.compile("\\.");
    private static final Pattern COLONS = Pattern.compile(":");

    private Masking() {}

    /** {@code taro.yamada} as {@code t***}, {@code taro@example.jp} as {@code t***@e***}. */
    public static String name(String name) {
        int at = name.lastIndexOf('@');
        return at < 0 ? first(name) : first(name.substring(0, at)) + '@' + first(name.substring(at + 1));
    }

    /** An IPv4 address without its last two bytes, an IPv6 address without its last six groups. */
    public static String address(String address) {
        if (address.indexOf(':') >= 0) {
            String[] groups = COLONS.split(address);
            boolean twoGroups = groups.length > 1 && !groups[0].isEmpty() && !groups[1].isEmpty();
            return twoGroups ? groups[0] + ':' + groups[1] + ":" + HIDDEN : HIDDEN;
        }
        String[] bytes = DOTS.split(address);
        return bytes.length == 4 ? bytes[0] + '.' + bytes[1] + '.' + HIDDEN + '.' + HIDDEN : HIDDEN;
    }

    /** Bank and branch, by name where there is one, and the last three digits of the account. */
    public static String payee(Payee payee) {
        return payee.bankName().orElse(payee.bank())
                + ' '
                + payee.branchName().orElse(payee.branch())
                + ' '
                + HIDDEN
                + payee.account().substring(payee.account().length() - 3);
    }

    /** Two characters say nothing of a long name and everything of a short one. */
    private static String first(String word) {
        return word.codePointCount(0, word.length()) < 3 ? HIDDEN : Character.toString(word.codePointAt(0)) + HIDDEN;
    }
}
