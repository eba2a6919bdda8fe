package jp.sekisho.checkpoint.operation;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.storage.operation.StoredOperation;

/** What a notice says of an operation: enough to recognise it, no account in full. */
final class OperationWords {

    private OperationWords() {}

    static NoticeValues of(NoticeValues values, StoredOperation operation, Details details) {
        NoticeValues said = values.about(operation.id())
                .and(
                        NoticeValues.AMOUNT,
                        details.amount().map(OperationWords::amount).orElse(""))
                .and(NoticeValues.ORDER, order(details))
                .and(NoticeValues.PAYEE, details.payee().map(Masking::payee).orElse(""));
        return operation
                .decided()
                .holdUntil()
                .map(until -> said.and(NoticeValues.HELD_UNTIL, until.toString()))
                .orElse(said);
    }

    private static String amount(Money money) {
        return String.format(Locale.ROOT, "%,." + money.value().scale() + "f", money.value())
                + ' '
                + money.currency().getCurrencyCode();
    }

    private static String order(Details details) {
        return Stream.of(
                        details.instrument(),
                        details.side().map(Enum::name),
                        details.quantity().map(BigDecimal::toPlainString))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }
}
