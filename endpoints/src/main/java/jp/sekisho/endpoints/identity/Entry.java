package jp.sekisho.endpoints.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import jp.sekisho.policies.identity.VerificationMethod;

/**
 * A verification as the back office enters it.
 *
 * @param method any but POSTAL_CODE, which only the customer's typing in the code makes
 * @param reference under what the evidence is found where it is kept: 1 to 200 characters
 * @param evidenceSha256 SHA-256 of the evidence in hex; the evidence itself is never sent here
 * @param verifiedAt when it was made, which is not when it is entered
 */
// FFAJ-1.1-S1
public record Entry(VerificationMethod method, String reference, String evidenceSha256, Instant verifiedAt) {

    private static final int LONGEST = 200;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    /** Clocks of a back office may go before the database's by so much. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    public Entry {
        if (method == null || !method.byOfficer()) {
            throw new IllegalArgumentException("method: EKYC, JPKI, IC_CHIP or BRANCH is required.");
        }
        reference = reference == null ? "" : reference.strip();
        if (reference.isEmpty() || reference.length() > LONGEST) {
            throw new IllegalArgumentException("reference: 1 to " + LONGEST + " characters are required.");
        }
        if (evidenceSha256 == null || !SHA_256.matcher(evidenceSha256).matches()) {
            throw new IllegalArgumentException("evidenceSha256: 64 characters of lower-case hex are required.");
        }
        if (verifiedAt == null) {
            throw new IllegalArgumentException("verifiedAt: the time of the verification is required, in ISO-8601.");
        }
    }

    /**
     * @param longestAgo the policy's
     * @return why the time of the verification is none that can be taken, if it is none
     */
    Optional<String> untimely(Instant now, Duration longestAgo) {
        if (verifiedAt.isAfter(now.plus(AHEAD))) {
            return Optional.of("verifiedAt: the time of the verification must not be in the future.");
        }
        return verifiedAt.isBefore(now.minus(longestAgo))
                ? Optional.of("verifiedAt: the verification must not be older than " + longestAgo.toDays() + " days.")
                : Optional.empty();
    }
}
