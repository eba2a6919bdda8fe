package jp.sekisho.checkpoint.identity;

import java.time.Instant;
import jp.sekisho.policies.identity.OneTimeCode;

/**
 * Somebody asks for a new passkey in place of one that he lost.
 *
 * @param number shown to him alone, for who identifies him meanwhile; it opens nothing
 * @param at when it began, by the database's clock
 */
// JP25-3
public record RecoveryRequest(OneTimeCode number, Instant at) {}
