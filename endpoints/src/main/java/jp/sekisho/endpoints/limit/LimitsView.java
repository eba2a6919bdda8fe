package jp.sekisho.endpoints.limit;

import java.math.BigDecimal;
import java.util.Currency;
import jp.sekisho.policies.limit.Limits;
import jp.sekisho.policies.limit.Standing;
import jp.sekisho.policies.operation.Money;

/**
 * A customer's own limits.
 *
 * @param dailyAmount what is withdrawn in 24 hours at most; left out where there is no such limit
 * @param pending what is looser and waits; left out where nothing does
 */
record LimitsView(
        boolean withdrawalsOff, boolean accountsOff, Amount dailyAmount, boolean eachOrder, PendingView pending) {

    private static final String YEN = "JPY";

    /** @param value decimal digits @param currency JPY */
    record Amount(String value, String currency) {

        Amount {
            if (value == null || currency == null || !currency.equals(YEN)) {
                throw new IllegalArgumentException("dailyAmount: value, and JPY as currency, are required.");
            }
        }

        static Amount of(Long yen) {
            return new Amount(
                    new Money(BigDecimal.valueOf(yen), Currency.getInstance(YEN))
                            .value()
                            .toString(),
                    YEN);
        }

        long yen() {
            return Money.of(value, currency).value().longValueExact();
        }
    }

    /** @param from ISO-8601 */
    record PendingView(
            boolean withdrawalsOff, boolean accountsOff, Amount dailyAmount, boolean eachOrder, String from) {}

    static LimitsView of(Limits inForce, Standing standing) {
        return new LimitsView(
                inForce.withdrawalsOff(),
                inForce.accountsOff(),
                amount(inForce),
                inForce.eachOrder(),
                standing.pending()
                        .filter(pending -> !pending.limits().equals(inForce))
                        .map(pending -> new PendingView(
                                pending.limits().withdrawalsOff(),
                                pending.limits().accountsOff(),
                                amount(pending.limits()),
                                pending.limits().eachOrder(),
                                pending.from().toString()))
                        .orElse(null));
    }

    private static Amount amount(Limits limits) {
        return limits.yenADay().map(Amount::of).orElse(null);
    }
}
