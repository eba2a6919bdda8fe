package jp.sekisho.storage.access;

import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;

/**
 * What rules are for: those of one scope that look for the same.
 *
 * @param matched as in {@link StoredRule}
 */
public record StoredKey(Scope scope, Match.Kind kind, String matched) {}
