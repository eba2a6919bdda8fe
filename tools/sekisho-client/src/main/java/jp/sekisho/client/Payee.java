package jp.sekisho.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A bank account that money goes to.
 *
 * @param bank four digits (金融機関コード)
 * @param branch three digits (店番)
 * @param account seven digits (口座番号)
 * @param holder as the bank keeps it, in kana
 * @param bankName as the customer reads it before the code, without digits and brackets
 * @param branchName as the customer reads it before the code, without digits and brackets
 */
public record Payee(
        String bank,
        String branch,
        AccountType accountType,
        String account,
        String holder,
        Optional<String> bankName,
        Optional<String> branchName) {

    /** 普通, 当座, 貯蓄. */
    public enum AccountType {
        ORDINARY,
        CURRENT,
        SAVINGS
    }

    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("bank", bank)
                .put("branch", branch)
                .put("accountType", accountType.name())
                .put("account", account)
                .put("holder", holder);
        bankName.ifPresent(name -> json.put("bankName", name));
        branchName.ifPresent(name -> json.put("branchName", name));
        return json;
    }
}
