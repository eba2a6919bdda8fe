package jp.sekisho.policies.anomaly;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The usual size of something, by its logarithm: what was unusual before moves neither the middle nor the spread much.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1993.10476408">Rousseeuw, Croux, Alternatives to the Median Absolute Deviation,
 *     JASA 1993</a>
 */
final class Baseline {

    /** Makes the median deviation of a normal distribution its standard deviation. */
    private static final double NORMAL = 1.4826;

    private static final double LEAST = 1e-9;
    private static final double MOST = 1e30;

    private final double[] sizes;

    private Baseline(double[] sizes) {
        this.sizes = sizes;
    }

    static Baseline of(Stream<BigDecimal> values) {
        return new Baseline(values.mapToDouble(Baseline::size).sorted().toArray());
    }

    /** @return finite for any number; for one that is not positive, that of the smallest */
    static double size(BigDecimal value) {
        return Math.log(Math.max(LEAST, Math.min(MOST, value.doubleValue())));
    }

    int count() {
        return sizes.length;
    }

    /**
     * How far above the usual it is, in spreads; below zero where it is less.
     *
     * @param least the spread that equal values have, too
     */
    double above(BigDecimal value, double least) {
        double middle = median(sizes);
        double[] away = Arrays.stream(sizes)
                .map(size -> Math.abs(size - middle))
                .sorted()
                .toArray();
        return (size(value) - middle) / Math.max(least, NORMAL * median(away));
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
