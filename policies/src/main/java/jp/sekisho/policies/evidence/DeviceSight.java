package jp.sekisho.policies.evidence;

import java.util.Optional;

/**
 * What the device token says about this browser and this customer.
 *
 * @param recognition see {@link Recognition}
 * @param lastUserAgent the user agent seen last on this device with this customer, where the device is known
 */
public record DeviceSight(Recognition recognition, Optional<UserAgent> lastUserAgent) {

    public enum Recognition {
        /** A live token, and this customer was verified on this browser before. */
        KNOWN,
        /** No token, an unknown one, or one that this customer was never verified with. */
        NEW,
        /** A token that was already replaced: somebody holds a copy. Trust in its family has ended. */
        REUSED
    }
}
