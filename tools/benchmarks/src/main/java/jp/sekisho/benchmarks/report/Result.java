package jp.sekisho.benchmarks.report;

import java.util.Locale;

/**
 * One line of the table.
 *
 * @param what was measured
 * @param measured as it is printed, with its unit
 * @param target as it is printed; empty where a line only informs
 */
public record Result(String what, String measured, String target, Verdict verdict) {

    public enum Verdict {
        PASS,
        FAIL,
        INFO
    }

    public static Result atMost(String what, double measured, double most, String unit) {
        return new Result(what, text(measured, unit), "≤ " + text(most, unit), verdict(measured <= most));
    }

    public static Result atLeast(String what, double measured, double least, String unit) {
        return new Result(what, text(measured, unit), "≥ " + text(least, unit), verdict(measured >= least));
    }

    public static Result info(String what, double measured, String unit) {
        return new Result(what, text(measured, unit), "", Verdict.INFO);
    }

    private static Verdict verdict(boolean met) {
        return met ? Verdict.PASS : Verdict.FAIL;
    }

    private static String text(double value, String unit) {
        String number = value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, value < 100 ? "%.2f" : "%.1f", value);
        return unit.isEmpty() ? number : number + ' ' + unit;
    }
}
