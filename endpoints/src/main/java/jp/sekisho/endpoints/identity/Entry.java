package jp.sekisho.endpoints.identity;

import java.util.regex.Pattern;
import jp.sekisho.policies.identity.VerificationMethod;

/**
 * A verification as the back office enters it.
 *
 * @param method any but POSTAL_CODE, which only the customer's typing in the code makes
 * @param reference under what the evidence is found where it is kept: 1 to 200 characters
 * @param evidenceSha256 SHA-256 of the evidence in hex; the evidence itself is never sent here
 */
// FFAJ-1.1-S1
public record Entry(VerificationMethod method, String reference, String evidenceSha256) {

    private static final int LONGEST = 200;
    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

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
    }
}
