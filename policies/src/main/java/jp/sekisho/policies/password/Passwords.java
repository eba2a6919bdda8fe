package jp.sekisho.policies.password;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;

/**
 * Judges new passwords.
 *
 * @param policy the rule set
 * @param blocked whether a password, or what is left of it, is on the list of common and leaked ones
 * @param strength the guesses that a password withstands, as a power of ten, by whoever knows these words
 */
// FFAJ-1.2-S1
public record Passwords(
        PasswordPolicy policy, Predicate<String> blocked, ToDoubleBiFunction<String, List<String>> strength) {

    /** So much may be hung on a common password without making it another. */
    private static final int HUNG_ON = 6;

    /**
     * @param mfa whether each login asks for another factor, which the customer holds
     * @return empty where it may be used
     */
    public Optional<Refusal> refusal(String password, OwnData own, boolean mfa) {
        int length = password.codePointCount(0, password.length());
        int least = mfa ? policy.lengthWithMfa() : policy.length();
        if (length < least) {
            return Optional.of(Refusal.of(Fault.TOO_SHORT, least));
        }
        if (length > PasswordPolicy.LONGEST) {
            return Optional.of(Refusal.of(Fault.TOO_LONG, PasswordPolicy.LONGEST));
        }
        return composition(password)
                .or(() -> own.within(password))
                .or(() -> firmWord(password))
                .or(() -> pattern(Spelling.folded(password)))
                .or(() -> guessable(password, own))
                .map(Refusal::of);
    }

    private Optional<Fault> composition(String password) {
        if (!policy.composition()) {
            return Optional.empty();
        }
        if (password.codePoints().noneMatch(Character::isUpperCase)) {
            return Optional.of(Fault.NO_CAPITAL);
        }
        if (password.codePoints().noneMatch(Character::isLowerCase)) {
            return Optional.of(Fault.NO_SMALL);
        }
        return password.codePoints().noneMatch(Character::isDigit) ? Optional.of(Fault.NO_DIGIT) : Optional.empty();
    }

    private Optional<Fault> firmWord(String password) {
        var meanings = Spelling.meanings(password);
        return policy.words().stream()
                .map(Spelling::letters)
                .filter(word -> meanings.stream().anyMatch(meant -> meant.contains(word)))
                .findAny()
                .map(word -> Fault.FIRM_WORD);
    }

    private static Optional<Fault> pattern(String folded) {
        if (Walks.repeats(folded)) {
            return Optional.of(Fault.REPEAT);
        }
        if (Walks.runs(folded)) {
            return Optional.of(Fault.RUN);
        }
        return Walks.onKeyboard(folded) ? Optional.of(Fault.KEYBOARD) : Optional.empty();
    }

    private Optional<Fault> guessable(String password, OwnData own) {
        if (blocked.test(password) || bared(Spelling.folded(password)).anyMatch(blocked)) {
            return Optional.of(Fault.BLOCKED);
        }
        boolean weak = policy.strength() > 0 && strength.applyAsDouble(password, own.words()) < policy.strength();
        return weak ? Optional.of(Fault.WEAK) : Optional.empty();
    }

    /** The password, and what is left of it without figures and signs around it; each also with letters for figures. */
    private static Stream<String> bared(String folded) {
        String headed = folded.replaceAll("[^\\p{L}]+$", "");
        String bare = headed.replaceAll("^[^\\p{L}]+", "");
        return Stream.of(folded, headed, bare)
                .filter(left -> !left.isEmpty() && folded.length() - left.length() <= HUNG_ON)
                .flatMap(left -> Stream.of(left, Spelling.withoutFigures(left)))
                .distinct();
    }
}
