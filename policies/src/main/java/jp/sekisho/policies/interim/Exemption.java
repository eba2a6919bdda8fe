package jp.sekisho.policies.interim;

import java.time.Instant;

/**
 * A customer's exemption from passkeys.
 *
 * @param until its end, by itself or by an officer
 */
// JP25-5
public record Exemption(AlternativeMfa alternativeMfa, Instant until) {}
