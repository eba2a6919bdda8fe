package jp.sekisho.checkpoint.operation;

import java.util.Locale;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.storage.operation.StoredOperation;

/** What a notice says of an operation: enough to recognise it, no account in full. */
final class OperationWords {

    private OperationWords() {}

    static NoticeValues of(NoticeValues values, StoredOperation operation, Details details) {
        return values.about(operation.id())
                .to(operation.asked().clientId())
                .and("amount", details.amount().map(OperationWords::amount).orElse(""))
                .and("instrument", details.instrument().orElse(""))
                .and("side", details.side().map(Enum::name).orElse(""))
                .and(
                        "quantity",
                        details.quantity().map(number -> number.toPlainString()).orElse(""))
                .and("payee", details.payee().map(Masking::payee).orElse(""));
    }

    private static String amount(Money money) {
        return String.format(Locale.ROOT, "%,." + money.value().scale() + "f", money.value())
                + ' '
                + money.currency().getCurrencyCode();
    }
}
