package jp.sekisho.policies.freeze;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import jp.sekisho.policies.digest.Sha256;

/**
 * The code of a notice with which its receiver freezes without a login, and only that.
 *
 * @param value 12 characters of Crockford's base 32: 60 bits
 * @see <a href="https://www.crockford.com/base32.html">Crockford, Base 32</a>
 */
public record StopCode(String value) {

    private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 12;
    private static final int BITS = 5;
    private static final int LONGEST_TYPED = 64;

    /** @param hash at least 60 bits of a keyed hash */
    public static StopCode of(byte[] hash) {
        StringBuilder code = new StringBuilder(LENGTH);
        long bits = 0;
        for (int at = 0; at < Long.BYTES; at++) {
            bits = bits << Byte.SIZE | hash[at] & 0xff;
        }
        for (int digit = 0; digit < LENGTH; digit++) {
            code.append(DIGITS.charAt((int) (bits >>> Long.SIZE - BITS)));
            bits <<= BITS;
        }
        return new StopCode(code.toString());
    }

    /** As a person types it: full-width letters, small ones, hyphens and the letters that Crockford takes for digits. */
    public static Optional<StopCode> parse(String typed) {
        if (typed == null || typed.length() > LONGEST_TYPED) {
            return Optional.empty();
        }
        String code = Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .toUpperCase(Locale.ROOT)
                .replaceAll("[\\s\\p{Pd}ー]", "")
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return code.length() == LENGTH && code.chars().allMatch(digit -> DIGITS.indexOf(digit) >= 0)
                ? Optional.of(new StopCode(code))
                : Optional.empty();
    }

    /** SHA-256, hex: all that is stored. */
    public String hash() {
        return Sha256.hex("stop:" + value);
    }

    /** As it stands in a notice: ABCD-EFGH-JKMN. */
    public String grouped() {
        return value.substring(0, 4) + '-' + value.substring(4, 8) + '-' + value.substring(8);
    }

    @Override
    public String toString() {
        return "StopCode[...]";
    }
}
