package jp.sekisho.policies.device;

import java.time.Duration;

/**
 * @param remember how long a device that the customer chose to be remembered on is known
 * @param grace how long a replaced token may still arrive, from a tab that was on its way
 */
public record DevicePolicy(Duration remember, Duration grace) {

    public DevicePolicy {
        if (remember.compareTo(Duration.ofHours(1)) < 0 || remember.compareTo(Duration.ofDays(400)) > 0) {
            throw new IllegalArgumentException("device.remember must be from 1 hour to 400 days");
        }
        if (grace.isNegative() || grace.compareTo(Duration.ofMinutes(10)) > 0) {
            throw new IllegalArgumentException("device.grace must be from 0 to 10 minutes");
        }
    }
}
