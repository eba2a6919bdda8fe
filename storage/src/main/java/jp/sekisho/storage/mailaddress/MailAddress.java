package jp.sekisho.storage.mailaddress;

import java.time.Instant;
import java.util.Optional;

/**
 * An address that gets a customer's notices besides the one that he has.
 *
 * @param address sealed in the table, and where it is read from there; see SealedColumn
 * @param verifiedAt when he showed that it is his; of an old one, when it was replaced
 * @param validUntil from when on it gets none; empty while he keeps it
 */
public record MailAddress(String id, String address, Kind kind, Instant verifiedAt, Optional<Instant> validUntil) {

    /** Whether it gets notices besides the customer's own. */
    public boolean further() {
        return kind != Kind.PRIMARY;
    }

    public MailAddress with(String otherAddress) {
        return new MailAddress(id, otherAddress, kind, verifiedAt, validUntil);
    }

    /** Stored by name: never rename, never reuse. */
    public enum Kind {
        /** Was the customer's address, and was replaced. */
        PRIMARY_OLD,
        SECOND,
        /** The customer's own as it was seen last: what changes it and tells nobody is found out by it. */
        PRIMARY
    }
}
