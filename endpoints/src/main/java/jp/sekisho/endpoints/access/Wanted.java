package jp.sekisho.endpoints.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.checkpoint.access.Matches;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Match;
import jp.sekisho.storage.access.StoredRule;
import org.keycloak.models.UserModel;

/**
 * Rules that somebody wants: one for each value.
 *
 * @param values in their canonical spelling
 */
record Wanted(Effect effect, Match.Kind match, List<String> values, boolean strict, Optional<Instant> expires) {

    private static final int MOST = 1000;

    /** @throws IllegalArgumentException for what is no rule; its message may be shown */
    Wanted {
        if (effect == null || match == null || values == null || expires == null) {
            throw new IllegalArgumentException("effect, match, values: are required.");
        }
        if (effect == Effect.DENY && match == Match.Kind.KNOWN_DEVICE) {
            throw new IllegalArgumentException("match: known devices can be allowed, not denied.");
        }
        if (values.isEmpty() || values.size() > MOST) {
            throw new IllegalArgumentException("values: 1 to " + MOST + " are required.");
        }
        Match.Kind kind = match;
        values = values.stream().map(value -> canonical(kind, value)).distinct().toList();
    }

    private static String canonical(Match.Kind kind, String value) {
        return Optional.ofNullable(value)
                .flatMap(text -> Matches.canonical(kind, text))
                .orElseThrow(() -> new IllegalArgumentException("values: " + described(kind)));
    }

    private static String described(Match.Kind kind) {
        return switch (kind) {
            case NETWORK -> "an address or a network in CIDR notation is required, such as 203.0.113.0/24.";
            case ASN -> "the number of an autonomous system is required, such as 64500.";
            case COUNTRY -> "a country of two letters is required, such as JP.";
            case KNOWN_DEVICE, ABROAD -> "an empty text is required.";
        };
    }

    /**
     * @param by an officer's user id or the customer's pseudonym
     * @param from when they take effect
     */
    List<StoredRule> rules(String realmId, Whose whose, String by, String reason, Instant from, Instant now) {
        return values.stream()
                .map(value -> new StoredRule(
                        UUID.randomUUID().toString(),
                        realmId,
                        whose.scope(),
                        whose.customer().map(UserModel::getId),
                        effect,
                        match,
                        value,
                        strict,
                        from,
                        expires,
                        now,
                        by,
                        reason))
                .toList();
    }
}
