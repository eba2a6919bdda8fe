package jp.sekisho.policies.identity;

import java.time.Duration;

/** @param postalCode one-time codes sent to the registered address */
// FFAJ-1.1-S2
public record IdentityPolicy(PostalCode postalCode) {

    /**
     * @param valid how long a code may be typed in, the way of the letter included: from 1 to 90 days
     * @param tries how often, right or wrong: from 1 to 10
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
