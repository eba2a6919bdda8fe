package jp.sekisho.policies.enrolment;

import java.time.Duration;

/**
 * When a new passkey counts.
 *
 * @param knownDevice for how long the device must be known, for a first passkey to count at once
 * @param provisional how long any other first passkey is provisional; 0: it counts at once
 * @param fresh for how long a passkey or certificate that was shown vouches for a further one, and an identification for a first
 */
public record EnrolmentPolicy(Duration knownDevice, Duration provisional, Duration fresh) {

    public EnrolmentPolicy {
        if (knownDevice.compareTo(Duration.ofDays(1)) < 0 || knownDevice.compareTo(Duration.ofDays(400)) > 0) {
            throw new IllegalArgumentException("enrolment.known-device must be from 1 to 400 days");
        }
        if (provisional.isNegative() || provisional.compareTo(Duration.ofDays(30)) > 0) {
            throw new IllegalArgumentException("enrolment.provisional must be from 0 to 30 days");
        }
        if (fresh.compareTo(Duration.ofMinutes(1)) < 0 || fresh.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("enrolment.fresh must be from 1 minute to 1 hour");
        }
    }
}
