package jp.sekisho.checkpoint.decision;

import java.util.Optional;
import jp.sekisho.policies.anomaly.Conduct;
import jp.sekisho.policies.decision.Destination;
import jp.sekisho.policies.decision.Earlier;
import jp.sekisho.policies.limit.Limits.Say;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserSessionModel;

/**
 * An operation that an app asks about, as far as the door knows it.
 *
 * @param wayOut whether it only takes risk away
 * @param app that asks
 * @param sessionId the session that it was asked about in
 * @param userSession the same, where it still lives
 * @param seen what the app says that it saw of the customer
 * @param destination how the bank account stands
 * @param own what the customer himself set for it
 * @param conduct how unlike the customer the operation itself is
 * @param windowOpen whether the customer confirmed lately that he trades in the session
 * @param earlier what was decided of it before, where it is decided again
 */
// FFAJ-3-S2
public record OperationSight(
        Subject subject,
        Operation operation,
        boolean wayOut,
        ClientModel app,
        String sessionId,
        Optional<UserSessionModel> userSession,
        Optional<Seen> seen,
        Destination destination,
        Say own,
        Conduct conduct,
        boolean windowOpen,
        Earlier earlier) {

    /**
     * Asserted.
     *
     * @param address as text
     * @param userAgent the header as it came
     */
    public record Seen(String address, String userAgent) {}
}
