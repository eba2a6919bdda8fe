package jp.sekisho.endpoints.freeze;

import jp.sekisho.policies.freeze.Freeze;

/**
 * A freeze that lasts.
 *
 * @param operation {@code ALL} or one
 * @param by who froze
 * @param at ISO-8601
 * @param thawProposed whether an officer proposed its end
 */
public record FreezeView(String operation, String by, String at, boolean thawProposed) {

    static FreezeView of(Freeze freeze) {
        return new FreezeView(
                Scope.name(freeze.operation()),
                freeze.by().name(),
                freeze.at().toString(),
                freeze.proposal().isPresent());
    }
}
