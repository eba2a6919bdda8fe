package jp.sekisho.policies.password;

import java.util.List;

/**
 * What a new password must be: a rule set, and what the policy has otherwise. What every rule set refuses is not configurable.
 *
 * @param rules where the numbers come from that the policy does not name itself
 * @param length characters where the password may be the only factor
 * @param lengthWithMfa characters where each login asks for another factor, which the customer holds
 * @param composition whether a capital letter, a small letter and a digit are asked for
 * @param strength guesses that the password must withstand by estimate, as a power of ten; 0 asks for none
 * @param words the firm's own: its name, its products
 */
// FFAJ-1.2-S1; NIST SP 800-63B-4 §3.1.1.2
public record PasswordPolicy(
        RuleSet rules, int length, int lengthWithMfa, boolean composition, double strength, List<String> words) {

    public static final int LONGEST = 128;

    private static final int LONGEST_MINIMUM = 64;

    public PasswordPolicy {
        require(lengthWithMfa >= 8, "passwords.length-with-mfa must be at least 8");
        require(
                length >= lengthWithMfa && length <= LONGEST_MINIMUM,
                "passwords.length must be from length-with-mfa to " + LONGEST_MINIMUM);
        require(strength >= 0 && strength <= 20, "passwords.strength must be from 0 to 20");
        require(
                words.stream().noneMatch(word -> Spelling.letters(word).length() < 3),
                "passwords.words must have at least 3 letters or digits each");
        words = List.copyOf(words);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
