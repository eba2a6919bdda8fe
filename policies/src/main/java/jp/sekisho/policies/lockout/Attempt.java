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

    Counter.Key credentialKey() {
        return new Counter.Key(credential, knownDevice.orElse(Counter.Key.UNKNOWN_DEVICES));
    }

    Counter.Key operationKey() {
        return Counter.Key.of(operation);
    }
}
