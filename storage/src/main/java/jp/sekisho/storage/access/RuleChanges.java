package jp.sekisho.storage.access;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What was changed between two versions, as far as it is remembered.
 *
 * @param keys what rules were made or ended for
 * @param complete false where something is not remembered any more, or was changed past {@link StoredRules}
 * @param since when the first of them was made
 */
public record RuleChanges(Set<StoredKey> keys, boolean complete, Optional<Instant> since) {}
