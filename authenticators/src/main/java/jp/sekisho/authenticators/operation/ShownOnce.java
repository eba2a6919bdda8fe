package jp.sekisho.authenticators.operation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import jp.sekisho.policies.operation.Gesture;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * An operation as it was shown on one page: good for one answer, of the one to whom it was shown.
 *
 * @param nonce base64url
 */
// JP25-11
record ShownOnce(String operation, String user, String digest, String nonce) {

    private static final String NOTE = "sekisho.confirming";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;

    static ShownOnce begin(AuthenticationSessionModel login, UserModel user, String operation, String digest) {
        byte[] random = new byte[BYTES];
        RANDOM.nextBytes(random);
        ShownOnce shown = new ShownOnce(
                operation,
                user.getId(),
                digest,
                Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        login.setAuthNote(NOTE, String.join("\n", shown.operation, shown.user, shown.digest, shown.nonce));
        return shown;
    }

    /** Takes it away: whoever posts again is shown it again. */
    static Optional<ShownOnce> take(AuthenticationSessionModel login, UserModel user, String operation) {
        Optional<String> note = Optional.ofNullable(login.getAuthNote(NOTE));
        login.removeAuthNote(NOTE);
        return note.map(text -> text.split("\n"))
                .map(words -> new ShownOnce(words[0], words[1], words[2], words[3]))
                .filter(shown -> shown.operation.equals(operation) && shown.user.equals(user.getId()));
    }

    /** Whether a form is that of this page, and the page showed what the row has now. */
    boolean isShown(String sent, String now) {
        return sent != null
                && MessageDigest.isEqual(
                        challenge(now).getBytes(StandardCharsets.US_ASCII), sent.getBytes(StandardCharsets.UTF_8));
    }

    /** @param now the digest that the row has now */
    String challenge(String now) {
        return Gesture.challenge(nonce, now);
    }
}
