package jp.sekisho.tradingapp.trading;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Currency;
import java.util.Optional;
import jp.sekisho.client.Money;

/** What can be ordered, at invented rates. */
public enum Instrument {
    USD_JPY("USD/JPY", "151.320"),
    EUR_JPY("EUR/JPY", "163.875"),
    AUD_JPY("AUD/JPY", "98.640");

    private final String pair;
    private final BigDecimal rate;

    Instrument(String pair, String rate) {
        this.pair = pair;
        this.rate = new BigDecimal(rate);
    }

    public String pair() {
        return pair;
    }

    public BigDecimal rate() {
        return rate;
    }

    Money worth(BigDecimal quantity) {
        return new Money(quantity.multiply(rate).setScale(0, RoundingMode.HALF_UP), Currency.getInstance("JPY"));
    }

    static Optional<Instrument> of(String pair) {
        return Arrays.stream(values()).filter(known -> known.pair.equals(pair)).findFirst();
    }
}
