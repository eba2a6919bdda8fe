package jp.sekisho.policies.password;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One spelling for what people write in many: width, case, kind of kana, separators, figures for letters. */
final class Spelling {

    private static final String FIGURES = "0134578@$!";
    private static final String THEIR_LETTERS = "oieastbasi";

    private Spelling() {}

    /** Full and half width are one, and so are capital and small letters, hiragana and katakana. */
    static String folded(String text) {
        return text(Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .map(Kana::katakana));
    }

    /** Folded, letters and digits only. */
    static String letters(String text) {
        return only(text, Character::isLetterOrDigit);
    }

    static String digits(String text) {
        return only(text, c -> c >= '0' && c <= '9');
    }

    /** All ways in which a password may be meant: as it is, letters and digits only, with letters for figures; and backwards. */
    static Set<String> meanings(String password) {
        return Stream.of(folded(password), letters(password), letters(withoutFigures(folded(password))))
                .flatMap(meant ->
                        Stream.of(meant, new StringBuilder(meant).reverse().toString()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** {@code 5uzuk1} is {@code suzuki}. */
    static String withoutFigures(String folded) {
        return text(folded.codePoints().map(c -> {
            int figure = FIGURES.indexOf(c);
            return figure < 0 ? c : THEIR_LETTERS.charAt(figure);
        }));
    }

    private static String only(String text, IntPredicate kept) {
        return text(folded(text).codePoints().filter(kept));
    }

    private static String text(IntStream codePoints) {
        return codePoints
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
