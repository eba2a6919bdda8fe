package jp.sekisho.eventlisteners.interim;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import jp.sekisho.checkpoint.interim.ExemptionRate;

/** What an operator watches: how many customers of each realm are exempt, and what share of the active ones. */
// JP25-5
final class ExemptionMetrics {

    private final MultiGauge exempt;
    private final MultiGauge share;

    ExemptionMetrics(MeterRegistry registry) {
        exempt = MultiGauge.builder("sekisho.exemptions")
                .description("Customers who do without a passkey by exemption")
                .register(registry);
        share = MultiGauge.builder("sekisho.exemptions.share")
                .description("Of the active customers, between 0 and 1")
                .register(registry);
    }

    /** @param rates by the realm's name */
    void set(Map<String, ExemptionRate> rates) {
        exempt.register(rows(rates, ExemptionRate::exempt), true);
        share.register(rows(rates, ExemptionRate::share), true);
    }

    private static Iterable<MultiGauge.Row<?>> rows(
            Map<String, ExemptionRate> rates, ToDoubleFunction<ExemptionRate> value) {
        return rates.entrySet().stream()
                .<MultiGauge.Row<?>>map(rate ->
                        MultiGauge.Row.of(Tags.of("realm", rate.getKey()), value.applyAsDouble(rate.getValue())))
                .toList();
    }
}
