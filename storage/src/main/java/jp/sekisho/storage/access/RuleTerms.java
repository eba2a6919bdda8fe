package jp.sekisho.storage.access;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.access.AccessRule.Effect;

/** What a rule says, without who made it and why: what is read where all of them are. */
public record RuleTerms(StoredKey key, Effect effect, boolean strict, Instant from, Optional<Instant> until) {}
