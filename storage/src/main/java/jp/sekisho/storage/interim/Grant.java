package jp.sekisho.storage.interim;

import java.time.Instant;
import java.util.Optional;

/**
 * A proposal that another officer approved.
 *
 * @param approvedBy the officer's user id
 * @param ended when an officer ended it, or when its own end was recorded
 */
// JP25-5
public record Grant(Proposal proposal, String approvedBy, Instant approvedAt, Optional<Instant> ended) {}
