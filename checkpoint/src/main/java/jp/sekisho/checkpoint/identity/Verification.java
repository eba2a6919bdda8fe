package jp.sekisho.checkpoint.identity;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.identity.OneTimeCode;
import jp.sekisho.policies.identity.VerificationMethod;

/**
 * A verification of a customer's identity that is to be recorded.
 *
 * @param reference under what the evidence is found where it is kept; never the evidence itself
 * @param evidenceHash SHA-256 of the evidence: 64 characters, lower-case hex
 * @param officer user id of who vouches for it
 * @param provider alias of the identity provider that vouches for it
 * @param recovery number of the request for a new passkey that the customer told who identified him
 * @param verifiedAt not later than now
 */
// FFAJ-1.1-S1
public record Verification(
        VerificationMethod method,
        String reference,
        String evidenceHash,
        Optional<String> officer,
        Optional<String> provider,
        Optional<OneTimeCode> recovery,
        Instant verifiedAt) {}
