package jp.sekisho.storage.passkey;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.passkey.PasskeyFacts;

/**
 * A passkey as it was enrolled.
 *
 * @param customer pseudonym
 * @param userId whose credential it is: state, it goes with the user
 * @param deviceId the family of the device token that came along, where one did
 * @param provisionalUntil empty where it counted at once
 */
public record StoredPasskey(
        String realmId,
        String customer,
        String userId,
        PasskeyFacts facts,
        Instant enrolledAt,
        Optional<String> deviceId,
        Optional<Instant> provisionalUntil) {}
