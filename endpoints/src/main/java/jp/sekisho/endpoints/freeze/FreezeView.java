package jp.sekisho.endpoints.freeze;

import java.util.Optional;
import jp.sekisho.policies.freeze.Freeze;

/**
 * A freeze that lasts.
 *
 * @param operation {@code ALL} or one
 * @param by who froze
 * @param at ISO-8601
 * @param thawProposed whether an officer proposed its end
 * @param rebind what the customer has to bind for it to end, where that was approved
 */
public record FreezeView(String operation, String by, String at, boolean thawProposed, Optional<String> rebind) {

    static FreezeView of(Freeze freeze) {
        return new FreezeView(
                Scope.name(freeze.operation()),
                freeze.by().name(),
                freeze.at().toString(),
                freeze.proposal().isPresent(),
                freeze.approval().map(approval -> approval.rebind().name()));
    }
}
