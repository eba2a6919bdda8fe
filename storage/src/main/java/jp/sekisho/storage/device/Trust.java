package jp.sekisho.storage.device;

import java.time.Instant;
import jp.sekisho.policies.evidence.UserAgent;

/**
 * That a customer was verified on a device and chose to be remembered there.
 *
 * @param customer pseudonym
 * @param userId whom to tell when the device's token was stolen: state, it goes with the user
 * @param trustedUntil when it ends by itself
 * @param userAgent as seen last
 */
public record Trust(
        String deviceId,
        String customer,
        String userId,
        Instant firstSeenAt,
        Instant lastSeenAt,
        Instant trustedUntil,
        UserAgent userAgent) {}
