package jp.sekisho.checkpoint.operation;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.storage.operation.StoredOperation.Asked;
import jp.sekisho.storage.operation.StoredOperation.Whose;
import jp.sekisho.storage.operation.StoredOperations.Before;
import org.keycloak.models.UserSessionModel;

/**
 * A proposal that came, and what is known of its customer.
 *
 * @param userSession by which the app names him, living or not
 * @param payee keyed hash of the bank account that is named
 * @param behaviour how unlike the customer it is
 * @param now the database's clock
 */
public record Arrived(
        UserSessionModel userSession,
        Proposal proposal,
        Subject subject,
        Whose whose,
        Asked asked,
        Optional<String> payee,
        Behaviour behaviour,
        Before before,
        Instant now) {}
