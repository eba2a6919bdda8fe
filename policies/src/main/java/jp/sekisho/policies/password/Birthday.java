package jp.sekisho.policies.password;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.JapaneseEra;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Birthdays as firms keep them: {@code 1980-01-02}, {@code 1980/1/2}, {@code 19800102}, {@code 昭和55年1月2日}, {@code S55.1.2}. */
public final class Birthday {

    private static final Pattern WESTERN =
            Pattern.compile("(\\d{4})(?:年|[-/.])(\\d{1,2})(?:月|[-/.])(\\d{1,2})日?(?:T.*)?");
    private static final Pattern DIGITS = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern JAPANESE =
            Pattern.compile("(明治|大正|昭和|平成|令和|[MTSHR])(元|\\d{1,2})(?:年|[-/.])(\\d{1,2})(?:月|[-/.])(\\d{1,2})日?");

    private static final Map<String, JapaneseEra> ERAS = Map.of(
            "明治", JapaneseEra.MEIJI,
            "大正", JapaneseEra.TAISHO,
            "昭和", JapaneseEra.SHOWA,
            "平成", JapaneseEra.HEISEI,
            "令和", JapaneseEra.REIWA,
            "M", JapaneseEra.MEIJI,
            "T", JapaneseEra.TAISHO,
            "S", JapaneseEra.SHOWA,
            "H", JapaneseEra.HEISEI,
            "R", JapaneseEra.REIWA);

    private Birthday() {}

    /** @return empty for what is none that is known here */
    public static Optional<LocalDate> read(String kept) {
        String text = Normalizer.normalize(kept, Normalizer.Form.NFKC).replaceAll("\\s", "");
        try {
            for (Pattern western : new Pattern[] {WESTERN, DIGITS}) {
                Matcher date = western.matcher(text);
                if (date.matches()) {
                    return Optional.of(LocalDate.of(number(date, 1), number(date, 2), number(date, 3)));
                }
            }
            Matcher date = JAPANESE.matcher(text.toUpperCase(Locale.ROOT));
            return date.matches()
                    ? Optional.of(LocalDate.from(JapaneseDate.of(
                            ERAS.get(date.group(1)),
                            date.group(2).equals("元") ? 1 : number(date, 2),
                            number(date, 3),
                            number(date, 4))))
                    : Optional.empty();
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private static int number(Matcher date, int group) {
        return Integer.parseInt(date.group(group));
    }
}
