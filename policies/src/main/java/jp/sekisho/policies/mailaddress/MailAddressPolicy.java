package jp.sekisho.policies.mailaddress;

import java.time.Duration;

/**
 * Where notices go besides the customer's address.
 *
 * @param keepOld how long an address that was replaced or removed still gets them
 * @param further how many further addresses a customer may keep
 */
// JP25-9, FFAJ-1.5-S2
public record MailAddressPolicy(Duration keepOld, int further) {

    public MailAddressPolicy {
        if (keepOld.compareTo(Duration.ofDays(1)) < 0 || keepOld.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("mail-addresses.keep-old must be from 1 to 365 days");
        }
        if (further < 1 || further > 5) {
            throw new IllegalArgumentException("mail-addresses.further must be from 1 to 5");
        }
    }
}
