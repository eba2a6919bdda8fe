package jp.sekisho.tradingapp.home;

import java.math.BigDecimal;
import java.util.List;

/**
 * An open position, invented; the page says so.
 *
 * @param pair currencies, base first
 * @param units of the base currency; negative if sold
 * @param price at which it was opened
 * @param profit not realised, in yen
 */
public record SamplePosition(String pair, long units, BigDecimal price, long profit) {

    public static final List<SamplePosition> ALL = List.of(
            new SamplePosition("USD/JPY", 10_000, new BigDecimal("151.320"), 8_400),
            new SamplePosition("EUR/JPY", -5_000, new BigDecimal("163.875"), -2_150),
            new SamplePosition("AUD/JPY", 20_000, new BigDecimal("98.640"), 12_600));

    public boolean bought() {
        return units > 0;
    }

    public long size() {
        return Math.abs(units);
    }
}
