package jp.sekisho.checkpoint.operation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
import jp.sekisho.policies.operation.State.Move;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.operation.Before.Window;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperation.Asked;
import jp.sekisho.storage.operation.StoredOperation.Whose;
import jp.sekisho.storage.operation.StoredOperations;
import jp.sekisho.storage.secrecy.SealedColumn;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The content of an operation in its row: sealed, and worth what its digest says. */
// FFAJ-2.2-S1
final class SealedContent {

    /** Hexadecimal: two permits are as long as one hash, 128 bits each, which nobody guesses. */
    private static final int HALF = 32;

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

    /**
     * Whether the row still has what was decided, computed anew from what it says, and stands as it does because we let it. A state
     * by itself is worth nothing, nor is what it says to ask for: who writes rows without our keys confirms nothing by it.
     */
    // JP25-11
    boolean intact(Known known) {
        StoredOperation operation = known.operation();
        boolean goesOn = known.state().after(Move.VOID).isPresent();
        return unchanged(operation) && (!goesOn || permitted(operation));
    }

    private boolean unchanged(StoredOperation operation) {
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

    /** By what an operation stands as it does; empty where nothing is done with it any more. */
    // JP25-11
    Optional<String> permit(Permitted row) {
        return Optional.of(row).filter(Permitted::goesOn).map(Permitted::text).map(this::half);
    }

    /** By what the customer trades on after he confirmed that he does. It goes behind the permit of the row, and outlives it. */
    // FFAJ-1.3-B4, JP25-11
    String permitOfWindow(String id, Instant until, String sessionId, String clientId) {
        return half(Permitted.window(id, until, sessionId, clientId));
    }

    private String half(String permitted) {
        return Customers.hashOfPermit(session, realm, permitted).substring(0, HALF);
    }

    private boolean permitted(StoredOperation operation) {
        return permit(Permitted.of(operation))
                .filter(permit -> operation
                        .permit()
                        .filter(kept -> kept.length() >= HALF && same(kept.substring(0, HALF), permit))
                        .isPresent())
                .isPresent();
    }

    /** Whether the customer opened the window, to this app in this session, and nobody else did. */
    boolean opened(Window window, Whose whose, Asked asked) {
        String kept = window.permit();
        return kept.length() == 2 * HALF
                && same(
                        kept.substring(HALF),
                        permitOfWindow(window.operationId(), window.until(), whose.sessionId(), asked.clientId()));
    }

    private static boolean same(String kept, String permit) {
        return MessageDigest.isEqual(
                kept.getBytes(StandardCharsets.US_ASCII), permit.getBytes(StandardCharsets.US_ASCII));
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
        if (intact(known)) {
            return Optional.of(known.operation());
        }
        tampered(policy, known);
        return Optional.empty();
    }
}
