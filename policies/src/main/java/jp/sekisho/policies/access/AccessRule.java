package jp.sekisho.policies.access;

import java.time.Instant;
import java.util.Optional;

/**
 * One rule.
 *
 * @param strict of a customer's own: not even his known device with a passkey passes it
 * @param from when it takes effect
 * @param until when it ends; as if it had been removed then
 */
public record AccessRule(
        Scope scope, Effect effect, Match match, boolean strict, Instant from, Optional<Instant> until) {

    /** Stored by name: never rename. */
    public enum Effect {
        ALLOW,
        DENY
    }

    public AccessRule {
        if (match instanceof Match.KnownDevice && effect == Effect.DENY) {
            throw new IllegalArgumentException("known devices can be allowed, not denied");
        }
        if (until.isPresent() && !until.get().isAfter(from)) {
            throw new IllegalArgumentException("a rule ends after it begins");
        }
    }

    public Key key() {
        return new Key(scope, match);
    }

    public boolean inForce(Instant now) {
        return !now.isBefore(from) && until.filter(end -> !now.isBefore(end)).isEmpty();
    }
}
