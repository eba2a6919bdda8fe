package jp.sekisho.authenticators.operation;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import jp.sekisho.checkpoint.operation.Confirmations.Shown;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Payee;

/** What the page shows of an operation: of its row, and of nothing that a browser sent. */
// JP25-11
final class OperationView {

    private OperationView() {}

    static Map<String, Object> of(Shown shown) {
        Details details = shown.details();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("type", shown.operation().what().type().name());
        details.amount().ifPresent(amount -> view.put("amount", money(amount)));
        details.payee().ifPresent(payee -> view.put("payee", payee(payee)));
        details.instrument().ifPresent(instrument -> view.put("instrument", instrument));
        details.side().ifPresent(side -> view.put("side", side.name()));
        details.positionEffect().ifPresent(effect -> view.put("positionEffect", effect.name()));
        details.orderType().ifPresent(type -> view.put("orderType", type.name()));
        details.quantity().map(OperationView::digits).ifPresent(quantity -> view.put("quantity", quantity));
        view.put("attributes", details.attributes().stream().sorted().toList());
        return view;
    }

    private static String money(Money money) {
        return digits(money.value()) + ' ' + money.currency().getCurrencyCode();
    }

    private static String digits(BigDecimal number) {
        return String.format(Locale.ROOT, "%,." + Math.max(0, number.scale()) + "f", number);
    }

    private static Map<String, String> payee(Payee payee) {
        return Map.of(
                "bank", Masking.bank(payee),
                "branch", Masking.branch(payee),
                "accountType", payee.accountType().name(),
                "account", Masking.account(payee),
                "holder", payee.holder());
    }
}
