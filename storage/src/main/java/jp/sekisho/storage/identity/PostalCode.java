package jp.sekisho.storage.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * A one-time code on its way by post.
 *
 * @param codeHash of its id and the code; 64 characters
 * @param officer user id of who asked for it
 * @param approver user id of another one who approved it, and was told it in his place
 * @param tries wrong ones after a login
 */
// FFAJ-1.1-S2
public record PostalCode(
        String id,
        String codeHash,
        String officer,
        Optional<String> approver,
        int tries,
        Instant issuedAt,
        Instant expiresAt,
        Optional<Instant> usedAt) {

    /** Whether it could still be typed in. */
    public boolean live(Instant now) {
        return usedAt.isEmpty() && now.isBefore(expiresAt);
    }
}
