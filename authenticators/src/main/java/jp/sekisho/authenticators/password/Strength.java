package jp.sekisho.authenticators.password;

import com.nulabinc.zxcvbn.StandardDictionaries;
import com.nulabinc.zxcvbn.StandardKeyboards;
import com.nulabinc.zxcvbn.Zxcvbn;
import com.nulabinc.zxcvbn.ZxcvbnBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Estimates strength as zxcvbn does: how many guesses somebody needs who tries likely things first. */
final class Strength {

    /** The estimate takes the square of the length or more: the rest of a long one only adds to its strength. */
    private static final int LOOKED_AT = 64;

    private final Zxcvbn zxcvbn;

    Strength() {
        try {
            zxcvbn = new ZxcvbnBuilder()
                    .dictionaries(StandardDictionaries.loadAllDictionaries())
                    .keyboards(StandardKeyboards.loadAllKeyboards())
                    .build();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** @return the guesses, as a power of ten */
    double ofGuesses(String password, List<String> words) {
        String looked = password.length() > LOOKED_AT ? password.substring(0, LOOKED_AT) : password;
        return zxcvbn.measure(looked, words).getGuessesLog10();
    }

    /** The most common passwords, as they are in the estimate's own dictionary. */
    static List<String> commonPasswords() {
        try {
            return StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
