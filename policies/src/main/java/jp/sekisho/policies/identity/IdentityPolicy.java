package jp.sekisho.policies.identity;

import java.time.Duration;

/**
 * @param postalCode one-time codes sent to the registered address
 * @param longestAgo how long before it is entered an officer's verification may have been made: from 1 to 3650 days
 */
// FFAJ-1.1-S2
public record IdentityPolicy(PostalCode postalCode, Duration longestAgo) {

    public IdentityPolicy {
        if (longestAgo.compareTo(Duration.ofDays(1)) < 0 || longestAgo.compareTo(Duration.ofDays(3650)) > 0) {
            throw new IllegalArgumentException("identity.longest-ago must be from 1 to 3650 days");
        }
    }

    /**
     * @param valid how long a code may be typed in, the way of the letter included: from 1 to 90 days
     * @param tries how many wrong ones end the asking in one login, and use up nothing: from 1 to 10
     */
    public record PostalCode(Duration valid, int tries) {

        public PostalCode {
            if (valid.compareTo(Duration.ofDays(1)) < 0 || valid.compareTo(Duration.ofDays(90)) > 0) {
                throw new IllegalArgumentException("identity.postal-code.valid must be from 1 to 90 days");
            }
            if (tries < 1 || tries > 10) {
                throw new IllegalArgumentException("identity.postal-code.tries must be from 1 to 10");
            }
        }
    }
}
