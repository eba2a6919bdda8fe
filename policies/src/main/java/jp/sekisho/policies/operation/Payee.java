package jp.sekisho.policies.operation;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A bank account that money goes to.
 *
 * @param bank four digits (金融機関コード)
 * @param branch three digits (店番)
 * @param accountType what kind of account
 * @param account seven digits (口座番号)
 * @param holder as the bank keeps it, in the characters of the bank-transfer format
 * @param bankName as the page shows it before the code, where the app says it
 * @param branchName as the page shows it before the code, where the app says it
 */
public record Payee(
        String bank,
        String branch,
        AccountType accountType,
        String account,
        String holder,
        Optional<String> bankName,
        Optional<String> branchName) {

    private static final Pattern BANK = Pattern.compile("[0-9]{4}");
    private static final Pattern BRANCH = Pattern.compile("[0-9]{3}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{7}");

    /** 普通, 当座, 貯蓄. */
    public enum AccountType {
        ORDINARY,
        CURRENT,
        SAVINGS
    }

    public Payee {
        require(BANK, bank, "bank");
        require(BRANCH, branch, "branch");
        require(ACCOUNT, account, "account");
        if (holder.isBlank()) {
            throw new IllegalArgumentException("holder");
        }
    }

    private static void require(Pattern pattern, String value, String name) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(name);
        }
    }

    /** What makes it the same account whoever it is said to belong to. */
    public String number() {
        return bank + '-' + branch + '-' + accountType + '-' + account;
    }
}
