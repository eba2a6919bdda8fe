package jp.sekisho.policies.lockout;

import java.util.Optional;
import jp.sekisho.policies.operation.Operation;

/**
 * A secret is about to be tried.
 *
 * @param credential the credential's type, for example {@code password}
 * @param operation what for
 * @param knownDevice the id of the device, where this customer was verified on it before
 * @param secondFactor whether a right first factor was shown already
 */
public record Attempt(String credential, Operation operation, Optional<String> knownDevice, boolean secondFactor) {

    /** The type of the secret that operations ask for. Nothing of it stops a login, and nothing of a login's stops it. */
    public static final String TRADING_PASSWORD = "trading-password";

    /** It comes after a login: each failure counts on it and on what it was typed for. */
    // FFAJ-1.3-B3, FFAJ-1.4-S5
    public static Attempt ofTradingPassword(Operation operation, Optional<String> knownDevice) {
        return new Attempt(TRADING_PASSWORD, operation, knownDevice, true);
    }

    /** Its lock is one of its own: it stops what needs it, and no operation as a whole. */
    boolean ofTradingPassword() {
        return credential.equals(TRADING_PASSWORD);
    }

    /** Whether a lock of unknown devices on this key keeps the attempt out: that of one login's secret is that of all. */
    boolean sharesStrangerLock(Counter.Key key) {
        return key.ofUnknownDevices() && ofTradingPassword() == key.subject().equals(TRADING_PASSWORD);
    }

    /** Whether a failure of this attempt is counted there. */
    public boolean counts(Counter counter) {
        return counter.key().equals(credentialKey())
                || secondFactor && counter.key().equals(operationKey());
    }

    Counter.Key credentialKey() {
        return new Counter.Key(credential, knownDevice.orElse(Counter.Key.UNKNOWN_DEVICES));
    }

    Counter.Key operationKey() {
        return Counter.Key.of(operation);
    }
}
