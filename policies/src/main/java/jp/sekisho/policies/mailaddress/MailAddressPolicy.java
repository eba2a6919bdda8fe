package jp.sekisho.policies.mailaddress;

import java.time.Duration;

/**
 * Where notices go besides the customer's address.
 *
 * @param keepOld how long an address that was replaced or removed still gets them
 * @param further how many further addresses a customer may keep
 * @param fullAfter how long an address must have been his before it is kept when it goes, and before what it gets stops
 *     anything where his logins were frozen meanwhile
 */
// JP25-9, FFAJ-1.5-S2
public record MailAddressPolicy(Duration keepOld, int further, Duration fullAfter) {

    public MailAddressPolicy {
        if (keepOld.compareTo(Duration.ofDays(1)) < 0 || keepOld.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("mail-addresses.keep-old must be from 1 to 365 days");
        }
        if (further < 1 || further > 5) {
            throw new IllegalArgumentException("mail-addresses.further must be from 1 to 5");
        }
        // What replaced an address is known to be new by the one that it replaced.
        if (fullAfter.compareTo(Duration.ofDays(1)) < 0 || fullAfter.compareTo(keepOld) > 0) {
            throw new IllegalArgumentException(
                    "mail-addresses.full-after must be from 1 day to mail-addresses.keep-old");
        }
    }
}
