package jp.sekisho.storage.device;

import java.time.Instant;
import jp.sekisho.policies.evidence.UserAgent;

/**
 * That a customer was verified on a device and chose to be remembered there.
 *
 * @param customer pseudonym
 * @param trustedUntil when it ends by itself
 * @param userAgent as seen last
 */
public record Trust(
        String deviceId,
        String customer,
        Instant firstSeenAt,
        Instant lastSeenAt,
        Instant trustedUntil,
        UserAgent userAgent) {}
