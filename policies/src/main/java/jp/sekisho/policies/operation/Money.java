package jp.sekisho.policies.operation;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.regex.Pattern;

/**
 * An amount with its currency; never a binary fraction.
 *
 * @param value not negative, no more decimal places than the currency has (JPY none)
 * @param currency ISO 4217
 */
public record Money(BigDecimal value, Currency currency) {

    private static final Pattern DECIMAL = Pattern.compile("(0|[1-9][0-9]{0,17})(\\.[0-9]{1,4})?");

    public Money {
        if (value.signum() < 0 || value.scale() > Math.max(0, currency.getDefaultFractionDigits())) {
            throw new IllegalArgumentException("not an amount of " + currency);
        }
    }

    /**
     * @param value decimal digits, at most 18 before the point, without sign, exponent or leading zeros
     * @param currency three letters of ISO 4217
     * @throws IllegalArgumentException where it is anything else; the message tells nothing of the value
     */
    public static Money of(String value, String currency) {
        if (!DECIMAL.matcher(value).matches()) {
            throw new IllegalArgumentException("not a decimal amount");
        }
        return new Money(new BigDecimal(value), Currency.getInstance(currency));
    }
}
