package jp.sekisho.checkpoint.operation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.alert.DeskAlerts;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.secrecy.ChangedValueException;
import jp.sekisho.checkpoint.secrecy.Secrecy;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.operation.State.Move;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperations;
import jp.sekisho.storage.secrecy.SealedColumn;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The content of an operation in its row: sealed, and worth what its digest says. */
// FFAJ-2.2-S1
final class SealedContent {

    private final KeycloakSession session;
    private final RealmModel realm;

    SealedContent(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** As tokens of the realm have it. */
    String issuer() {
        return Issuer.of(session, realm);
    }

    String seal(String id, String content) {
        return Secrecy.of(session, realm).seal(SealedColumn.OPERATION, id, content);
    }

    private String open(StoredOperation operation) {
        return Secrecy.of(session, realm)
                .open(SealedColumn.OPERATION, operation.id(), operation.what().content());
    }

    Details details(StoredOperation operation) {
        return Content.details(open(operation));
    }

    /** Whether the row still has what was decided: computed anew, from what it says. */
    // JP25-11
    boolean intact(StoredOperation operation) {
        String content;
        try {
            content = open(operation);
        } catch (ChangedValueException replaced) {
            return false;
        }
        return Content.digest(content).equals(operation.what().digest())
                && Content.isOf(content, operation)
                && Customers.pseudonym(session, realm, operation.whose().userId())
                        .equals(operation.whose().customer())
                && Content.details(content)
                        .payee()
                        .map(payee -> Customers.hashOfPayee(session, realm, payee))
                        .equals(operation.what().payee());
    }

    /**
     * By what an operation may be redeemed; empty in a state in which it may not. A state by itself is worth nothing: who writes
     * rows without our keys confirms nothing by it.
     */
    // JP25-11
    Optional<String> permit(String id, String digest, State state, Instant expiresAt) {
        return Optional.of(state)
                .filter(State.before(Move.REDEEM)::contains)
                .map(open -> Customers.hashOfPermit(
                        session, realm, String.join(" ", id, digest, open.name(), "" + expiresAt.toEpochMilli())));
    }

    /** Whether it stands as it does because we let it. */
    boolean permitted(StoredOperation operation) {
        Optional<String> permit = permit(
                operation.id(),
                operation.what().digest(),
                operation.state(),
                operation.times().expiresAt());
        return permit.isPresent() && permit.equals(operation.permit());
    }

    /** It is void, and the desk hears of it: nobody but the database's owner could have done it. */
    void tampered(RealmPolicy policy, Known known) {
        StoredOperation operation = known.operation();
        var em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        if (new StoredOperations(em).end(operation.id(), Move.VOID, known.now())) {
            new EvidenceLog(em)
                    .append(OperationFacts.became(operation, "VOIDED", Map.of("why", "tampered"), known.now()));
        }
        DeskAlerts.of(session, realm, policy)
                .raise(
                        Notice.OPERATION_TAMPERED,
                        known.now(),
                        operation.id(),
                        Map.of(
                                "operation",
                                operation.id(),
                                "customer",
                                operation.whose().customer()));
    }

    /** The same operation as the token and the page name it. */
    Optional<StoredOperation> ifIntact(RealmPolicy policy, Known known) {
        if (intact(known.operation())) {
            return Optional.of(known.operation());
        }
        tampered(policy, known);
        return Optional.empty();
    }
}
