package jp.sekisho.storage.access;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;

/**
 * An access rule as it is kept.
 *
 * @param userId of the customer whom it is about; it goes with him
 * @param matched the network in CIDR notation, the number or the country; empty for known devices
 * @param createdBy an officer's user id or the customer's pseudonym
 */
public record StoredRule(
        String id,
        String realmId,
        Scope scope,
        Optional<String> userId,
        Effect effect,
        Match.Kind kind,
        String matched,
        boolean strict,
        Instant from,
        Optional<Instant> until,
        Instant createdAt,
        String createdBy,
        String reason) {

    public StoredKey key() {
        return new StoredKey(scope, kind, matched);
    }

    public RuleTerms terms() {
        return new RuleTerms(key(), effect, strict, from, until);
    }

    /** The same rule, ending then. */
    public StoredRule endingAt(Instant end) {
        return new StoredRule(
                id,
                realmId,
                scope,
                userId,
                effect,
                kind,
                matched,
                strict,
                from,
                Optional.of(end),
                createdAt,
                createdBy,
                reason);
    }
}
