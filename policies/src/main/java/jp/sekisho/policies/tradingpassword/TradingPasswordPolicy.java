package jp.sekisho.policies.tradingpassword;

import jp.sekisho.policies.password.PasswordPolicy;

/**
 * What a new trading password must be. What every rule set of passwords refuses, the firm's words with it, it refuses, too.
 *
 * @param length characters
 * @param composition whether a capital letter, a small letter and a digit are asked for
 * @param strength guesses that it must withstand by estimate, as a power of ten; 0 asks for none
 */
// FFAJ-1.3-B1, FFAJ-1.4-S1
public record TradingPasswordPolicy(int length, boolean composition, double strength) {

    private static final int SHORTEST = 8;
    private static final int LONGEST = 64;

    public TradingPasswordPolicy {
        if (length < SHORTEST || length > LONGEST) {
            throw new IllegalArgumentException("trading-password.length must be from " + SHORTEST + " to " + LONGEST);
        }
        if (strength < 0 || strength > 20) {
            throw new IllegalArgumentException("trading-password.strength must be from 0 to 20");
        }
    }

    /** As rules of passwords, with what they have of the login's. */
    public PasswordPolicy beside(PasswordPolicy login) {
        return new PasswordPolicy(login.rules(), length, length, composition, strength, login.words());
    }
}
