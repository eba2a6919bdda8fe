package jp.sekisho.endpoints.caller;

import jp.sekisho.policies.mynumber.IndividualNumber;

/**
 * Why an officer does what he does: in the evidence log for ever.
 *
 * @param reason 1 to 500 characters
 */
public record Reason(String reason) {

    private static final int LONGEST = 500;

    public Reason {
        reason = checked(reason);
    }

    /** @throws IllegalArgumentException for what is no reason */
    public static String checked(String reason) {
        String stripped = reason == null ? "" : reason.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST) {
            throw new IllegalArgumentException("reason: 1 to " + LONGEST + " characters are required.");
        }
        // FFAJ-2.2-S4
        if (IndividualNumber.in(stripped)) {
            throw new IllegalArgumentException("reason: an individual number (My Number) must not stand in it.");
        }
        return stripped;
    }
}
