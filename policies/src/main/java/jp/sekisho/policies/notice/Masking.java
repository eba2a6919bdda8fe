package jp.sekisho.policies.notice;

import java.util.Optional;
import java.util.regex.Pattern;
import jp.sekisho.policies.operation.Payee;

/** Personal values as they may leave: recognised by their owner, useless to another reader. */
public final class Masking {

    private static final String HIDDEN = "***";
    private static final int RECOGNISABLE = 3;
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

    /** Bank and branch, and the last three digits of the account. */
    public static String payee(Payee payee) {
        return bank(payee) + ' ' + branch(payee) + ' ' + account(payee);
    }

    public static String bank(Payee payee) {
        return named(payee.bankName(), payee.bank());
    }

    public static String branch(Payee payee) {
        return named(payee.branchName(), payee.branch());
    }

    public static String account(Payee payee) {
        String account = payee.account();
        int hidden = account.length() - RECOGNISABLE;
        return "*".repeat(hidden) + account.substring(hidden);
    }

    /** A name is whatever the app's page had in it; the money goes by the code. */
    private static String named(Optional<String> name, String code) {
        return name.map(said -> said + '(' + code + ')').orElse(code);
    }

    /** Two characters say nothing of a long name and everything of a short one. */
    private static String first(String word) {
        return word.codePointCount(0, word.length()) < 3 ? HIDDEN : Character.toString(word.codePointAt(0)) + HIDDEN;
    }
}
