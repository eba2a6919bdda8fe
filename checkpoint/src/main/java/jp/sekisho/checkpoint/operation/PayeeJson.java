package jp.sekisho.checkpoint.operation;

import java.util.Map;
import java.util.TreeMap;
import jp.sekisho.checkpoint.fact.RecordJson;
import jp.sekisho.policies.operation.Payee;

/** A bank account as it is sealed in its row. */
public final class PayeeJson {

    private PayeeJson() {}

    static String write(Payee payee) {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "bank",
                payee.bank(),
                "branch",
                payee.branch(),
                "accountType",
                payee.accountType().name(),
                "account",
                payee.account(),
                "holder",
                payee.holder()));
        payee.bankName().ifPresent(name -> fields.put("bankName", name));
        payee.branchName().ifPresent(name -> fields.put("branchName", name));
        return RecordJson.write(fields);
    }

    /** @param text as it was sealed */
    public static Payee read(String text) {
        return DetailsJson.payee(RecordJson.read(text));
    }
}
