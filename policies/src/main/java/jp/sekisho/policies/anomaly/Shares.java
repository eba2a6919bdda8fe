package jp.sekisho.policies.anomaly;

import jp.sekisho.policies.operation.Money;

/** One amount as a share of another. */
final class Shares {

    private Shares() {}

    /** @return not negative; infinite where the whole is nothing or cannot be compared */
    static double of(Money part, Money whole) {
        if (!part.currency().equals(whole.currency()) || whole.value().signum() == 0) {
            return Double.POSITIVE_INFINITY;
        }
        return Math.exp(Baseline.size(part.value()) - Baseline.size(whole.value()));
    }
}
