package jp.sekisho.storage.device;

import java.time.Instant;
import java.util.Optional;

/**
 * The family of one browser's tokens (decision 7).
 *
 * @param id random, part of the cookie
 * @param tokenHash SHA-256 of the current token, hex
 * @param previousHash of the token before it
 * @param rotatedAt when the current token was handed out
 * @param presentedAt when the current token came back first
 * @param endedAt when a replaced token was used, and trust in the family ended
 */
public record Device(
        String id,
        String realmId,
        String tokenHash,
        Optional<String> previousHash,
        Instant rotatedAt,
        Optional<Instant> presentedAt,
        Optional<Instant> endedAt) {}
