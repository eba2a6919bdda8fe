package jp.sekisho.policies.identity;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A code that is printed on a letter: twelve characters out of 31 that nobody takes for another one, 59 bits.
 *
 * @param text without separators
 */
public record OneTimeCode(String text) {

    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXY";
    private static final int LENGTH = 12;
    private static final int GROUP = 4;

    public OneTimeCode {
        if (!wellFormed(text)) {
            throw new IllegalArgumentException("not a code");
        }
    }

    /** @param random good enough for secrets */
    public static OneTimeCode make(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new OneTimeCode(text.toString());
    }

    /** What somebody typed, in letters of any case and width, with or without separators; empty where it is no code at all. */
    public static Optional<OneTimeCode> typed(String typed) {
        if (typed == null || typed.length() > 100) {
            return Optional.empty();
        }
        String text = Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[\\s\\p{Pd}\u2212\u30FC]", "");
        return wellFormed(text) ? Optional.of(new OneTimeCode(text)) : Optional.empty();
    }

    /** As on the letter: {@code ABCD-EFGH-JKLM}. */
    public String printed() {
        return text.replaceAll("(.{" + GROUP + "})(?!$)", "$1-");
    }

    /** The code is a secret. */
    @Override
    public String toString() {
        return "OneTimeCode";
    }

    private static boolean wellFormed(String text) {
        return text.length() == LENGTH && text.chars().allMatch(character -> ALPHABET.indexOf(character) >= 0);
    }
}
