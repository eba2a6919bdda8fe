package jp.sekisho.storage.identity;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.identity.VerificationMethod;

/**
 * A verification of a customer's identity.
 *
 * @param sealedReference under what the evidence is found, encrypted
 * @param evidenceHash SHA-256 of the evidence: 64 characters, lower-case hex
 * @param officer user id of who entered it, or of who issued the postal code
 * @param provider alias of the identity provider that vouched for it
 * @param recovery hash of the number of the request for a new passkey for which it was made
 * @param verifiedAt when it was verified
 * @param recordedAt when we heard of it
 */
// FFAJ-1.1-S1, FFAJ-1.1-B2
public record IdentityRow(
        String id,
        VerificationMethod method,
        Optional<String> sealedReference,
        Optional<String> evidenceHash,
        Optional<String> officer,
        Optional<String> provider,
        Optional<String> recovery,
        Instant verifiedAt,
        Instant recordedAt) {}
