package jp.sekisho.endpoints.access;

import jp.sekisho.storage.access.StoredRule;

/**
 * An access rule as it is shown.
 *
 * @param of the client's id or the customer's user id, else empty
 * @param matched the network, the number or the country; empty for known devices
 * @param strict not even a known device with what changes the rules passes it
 * @param from ISO-8601, when it takes or took effect
 * @param until ISO-8601, null where it has no end
 * @param own whether the customer made it himself
 * @param reason as it was given; null for a customer where it is not his own
 */
public record RuleView(
        String id,
        String scope,
        String of,
        String effect,
        String match,
        String matched,
        boolean strict,
        String from,
        String until,
        String createdAt,
        boolean own,
        String reason) {

    static RuleView of(StoredRule rule) {
        return of(rule, rule.reason());
    }

    /** What officers write to each other is not for him of whom they write. */
    static RuleView forCustomer(StoredRule rule) {
        return of(rule, own(rule) ? rule.reason() : null);
    }

    private static boolean own(StoredRule rule) {
        return rule.createdBy().equals(rule.scope().of());
    }

    private static RuleView of(StoredRule rule, String reason) {
        return new RuleView(
                rule.id(),
                rule.scope().kind().name(),
                rule.userId().orElse(rule.scope().of()),
                rule.effect().name(),
                rule.kind().name(),
                rule.matched(),
                rule.strict(),
                rule.from().toString(),
                rule.until().map(Object::toString).orElse(null),
                rule.createdAt().toString(),
                own(rule),
                reason);
    }
}
