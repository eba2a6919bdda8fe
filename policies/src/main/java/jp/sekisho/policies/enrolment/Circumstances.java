package jp.sekisho.policies.enrolment;

import java.time.Instant;
import java.util.Optional;

/**
 * In which a customer enrols a passkey.
 *
 * @param holdsPasskey whether he has one already
 * @param vouchedAt when he last showed a passkey or certificate in this session
 * @param vouching what the session stands on
 * @param deviceKnownSince since when the device that he is on is known, if it is
 * @param identifiedAt when the firm verified his identity in this session: a record of the account says nothing of who sits there
 */
public record Circumstances(
        boolean holdsPasskey,
        Optional<Instant> vouchedAt,
        Vouching vouching,
        Optional<Instant> deviceKnownSince,
        Optional<Instant> identifiedAt) {

    /** What a session stands on. */
    public enum Vouching {
        /** On what its login asked for. */
        LOGIN,
        /** On a code by mail, of a customer who has nothing better. */
        MAIL_CODE,
        /** On a code of the firm's own that one officer alone made: it may be he who sits there. */
        LETTER,
        /** On a code of the firm's own that two made, given to somebody whom it identified. */
        IDENTIFIED,
        /** On two independent means of a customer who lost his passkey. */
        RECOVERY,
        /** It is held: it changes nothing. */
        HELD;

        /** Whether nothing but a new passkey comes of it. */
        public boolean enrolsOnly() {
            return this == LETTER || this == IDENTIFIED || this == RECOVERY;
        }
    }
}
