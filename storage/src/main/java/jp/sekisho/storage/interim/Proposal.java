package jp.sekisho.storage.interim;

import java.time.Instant;
import jp.sekisho.policies.interim.AlternativeMfa;

/**
 * An exemption as an officer proposes it.
 *
 * @param id random; who approves names it, and so approves what he saw
 * @param textVersion of the text that the customer was shown
 * @param proposedBy the officer's user id
 * @param expires its end
 */
// JP25-5
public record Proposal(
        String id,
        String reason,
        AlternativeMfa alternativeMfa,
        String textVersion,
        String proposedBy,
        Instant proposedAt,
        Instant expires) {}
