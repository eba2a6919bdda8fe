package jp.sekisho.tools.backtest;

import java.util.Locale;

/** Numbers as people read them, the same in every locale; a dash for what there is nothing to divide by. */
final class Text {

    private Text() {}

    static String number(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3f", value);
    }

    static String percent(double share) {
        return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }
}
