package jp.sekisho.checkpoint.device;

import java.util.Optional;
import jp.sekisho.policies.evidence.DeviceSight;
import jp.sekisho.policies.evidence.DeviceSight.Recognition;
import jp.sekisho.policies.evidence.Field;

/**
 * What the request's device token says.
 *
 * @param sight for the risk
 * @param deviceId the family of the token, where there is one; also of a reused one
 */
public record Presented(Field<DeviceSight> sight, Optional<String> deviceId) {

    /** The device, where this customer was verified on it and trust has not ended. */
    public Optional<String> knownDevice() {
        boolean known = sight.present()
                .filter(seen -> seen.recognition() == Recognition.KNOWN)
                .isPresent();
        return known ? deviceId : Optional.empty();
    }
}
