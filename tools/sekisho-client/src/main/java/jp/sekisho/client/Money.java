package jp.sekisho.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.util.Currency;

/** An amount with its currency; on the wire decimal digits in a text, never a number. */
public record Money(BigDecimal value, Currency currency) {

    public Money {
        if (value.signum() <= 0 || value.scale() > Math.max(0, currency.getDefaultFractionDigits())) {
            throw new IllegalArgumentException("not an amount of " + currency);
        }
    }

    /** @param value decimal digits @param currency three letters of ISO 4217 */
    public static Money of(String value, String currency) {
        return new Money(new BigDecimal(value), Currency.getInstance(currency));
    }

    JsonNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("value", value.toPlainString())
                .put("currency", currency.getCurrencyCode());
    }
}
