package jp.sekisho.policies.lockout;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jp.sekisho.policies.operation.Operation;

/**
 * A secret is about to be tried, or two of which each must be right.
 *
 * @param credential the credential's type, for example {@code password}
 * @param with the type of the second one, in the same form
 * @param operation what for
 * @param knownDevice the id of the device, where this customer was verified on it before
 * @param secondFactor whether a right first factor was shown already
 */
public record Attempt(
        String credential,
        Optional<String> with,
        Operation operation,
        Optional<String> knownDevice,
        boolean secondFactor) {

    /** The type of the secret that operations ask for. Nothing of it stops a login, and nothing of a login's stops it. */
    public static final String TRADING_PASSWORD = "trading-password";

    public Attempt(String credential, Operation operation, Optional<String> knownDevice, boolean secondFactor) {
        this(credential, Optional.empty(), operation, knownDevice, secondFactor);
    }

    /** It comes after a login: each failure counts on it and on what it was typed for. */
    // FFAJ-1.3-B3, FFAJ-1.4-S5
    public static Attempt ofTradingPassword(Operation operation, Optional<String> knownDevice) {
        return new Attempt(TRADING_PASSWORD, operation, knownDevice, true);
    }

    /** The same with a second secret: each counts on its own, and both once on the operation. */
    public Attempt with(String second) {
        return new Attempt(credential, Optional.of(second), operation, knownDevice, secondFactor);
    }

    /** Its lock is one of its own: it stops what needs it, and no operation as a whole. */
    boolean ofTradingPassword() {
        return credential.equals(TRADING_PASSWORD);
    }

    /** Whether a lock of this key, of whatever known device, is one of a credential that this operation needs. */
    boolean lockedBy(Counter.Key key) {
        return ofTradingPassword() && credentials().anyMatch(key::ofKnownDevice);
    }

    /** Whether a lock of unknown devices on this key keeps the attempt out: that of one login's secret is that of all. */
    boolean sharesStrangerLock(Counter.Key key) {
        return key.ofUnknownDevices()
                && credentials()
                        .anyMatch(tried ->
                                tried.equals(TRADING_PASSWORD) == key.subject().equals(TRADING_PASSWORD));
    }

    /** Whether a failure of this attempt is counted there. */
    public boolean counts(Counter counter) {
        return credentialKeys().contains(counter.key())
                || secondFactor && counter.key().equals(operationKey());
    }

    Counter.Key credentialKey() {
        return key(credential);
    }

    List<Counter.Key> credentialKeys() {
        return credentials().map(this::key).toList();
    }

    private Stream<String> credentials() {
        return Stream.concat(Stream.of(credential), with.stream());
    }

    private Counter.Key key(String tried) {
        return new Counter.Key(tried, knownDevice.orElse(Counter.Key.UNKNOWN_DEVICES));
    }

    Counter.Key operationKey() {
        return Counter.Key.of(operation);
    }
}
