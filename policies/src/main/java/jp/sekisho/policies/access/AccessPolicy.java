package jp.sekisho.policies.access;

import java.time.Duration;
import jp.sekisho.policies.factor.FactorClass;

/**
 * How customers change their own access rules and limits.
 *
 * @param stepUp what a login must have shown
 * @param fresh how long ago it may have been
 * @param looseningDelay how long what opens waits after the notice; what closes takes effect at once
 */
// FFAJ-1.2-B2
public record AccessPolicy(FactorClass stepUp, Duration fresh, Duration looseningDelay) {

    public AccessPolicy {
        require(stepUp != FactorClass.KNOWLEDGE, "access.step-up must be OTP or PHISHING_RESISTANT");
        require(
                fresh.compareTo(Duration.ofMinutes(1)) >= 0 && fresh.compareTo(Duration.ofHours(1)) <= 0,
                "access.fresh must be from 1 minute to 1 hour");
        require(
                !looseningDelay.isNegative() && looseningDelay.compareTo(Duration.ofDays(30)) <= 0,
                "access.loosening-delay must be from 0 to 30 days");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
