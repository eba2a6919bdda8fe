package jp.sekisho.endpoints.interim;

import java.time.Instant;
import jp.sekisho.endpoints.caller.Reason;
import jp.sekisho.policies.interim.AlternativeMfa;

/**
 * What an officer proposes.
 *
 * @param reason why this customer cannot use a passkey
 * @param alternativeMfa what he shows instead, besides the password
 * @param expires its end, ISO-8601
 * @param textVersion of the text about the exemption that he was shown, 1 to 64 characters
 */
// JP25-5
record Request(String reason, AlternativeMfa alternativeMfa, Instant expires, String textVersion) {

    private static final int LONGEST_VERSION = 64;

    Request {
        reason = Reason.checked(reason);
        if (alternativeMfa == null) {
            throw new IllegalArgumentException("alternativeMfa: a second factor instead of the passkey is required.");
        }
        if (expires == null) {
            throw new IllegalArgumentException("expires: an exemption without an end is none.");
        }
        textVersion = textVersion == null ? "" : textVersion.strip();
        if (textVersion.isEmpty() || textVersion.length() > LONGEST_VERSION) {
            throw new IllegalArgumentException("textVersion: 1 to " + LONGEST_VERSION + " characters are required.");
        }
    }
}
