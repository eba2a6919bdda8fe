package jp.sekisho.checkpoint.operation;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.OperationPolicy;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.operation.State.Move;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperations;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Operations of a customer that are not done: he takes them back, an officer stops them or lets go on what waits for his look. */
// FFAJ-1.4-S3
public final class Reviews {

    private final KeycloakSession session;
    private final RealmPolicy policy;
    private final SealedContent sealed;

    private Reviews(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.policy = policy;
        this.sealed = new SealedContent(session, realm);
    }

    public static Reviews of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new Reviews(session, realm, policy);
    }

    /** One that is not done yet. */
    public record Unfinished(StoredOperation operation, Details details) {

        /** Whether a person is to look at it. */
        public boolean waitsForReview() {
            return operation.state() == State.HELD
                    && operation.decided().holdUntil().isEmpty();
        }
    }

    /** Oldest first; what is not what was decided is void. @param customer pseudonym */
    public List<Unfinished> of(String customer, Instant now) {
        return new StoredOperations(em())
                .unfinished(customer, now).stream()
                        .flatMap(operation -> sealed.ifIntact(policy, new Known(operation, now)).stream())
                        .map(operation -> new Unfinished(operation, sealed.details(operation)))
                        .toList();
    }

    private Optional<StoredOperation> find(String customer, String id, Instant now) {
        return new StoredOperations(em())
                .unfinished(customer, now).stream()
                        .filter(operation -> operation.id().equals(id))
                        .findFirst();
    }

    /** Whether a person is to look at it. */
    public boolean waits(String customer, String id, Instant now) {
        return of(customer, now).stream()
                .filter(Unfinished::waitsForReview)
                .anyMatch(unfinished -> unfinished.operation().id().equals(id));
    }

    /** It is the customer's own account, or may be: the app's next redemption decides again. @return whether it waited for it */
    public boolean release(String customer, String id, String officer, String reason, Instant now) {
        OperationPolicy rules = policy.profile().operations();
        // What stands by no permit gets none.
        Optional<StoredOperation> waiting =
                find(customer, id, now).flatMap(operation -> sealed.ifIntact(policy, new Known(operation, now)));
        Optional<StoredOperation> released = waiting.filter(operation -> {
            Instant from = releasedFrom(operation, rules.payeeWait(), now);
            Instant expiresAt = from.plus(rules.heldValid());
            Permitted permitted =
                    Permitted.of(operation).as(operation.decided().heldUntil(from), State.HELD, expiresAt);
            return new StoredOperations(em()).release(id, from, expiresAt, sealed.permit(permitted));
        });
        released.ifPresent(operation -> note(operation, "RELEASED", Map.of("officer", officer, "reason", reason), now));
        return released.isPresent();
    }

    /** That a person looked at the account makes it no less new. */
    static Instant releasedFrom(StoredOperation operation, Duration payeeWait, Instant now) {
        Instant waited = operation.times().createdAt().plus(payeeWait);
        return operation.what().type() == Operation.WITHDRAWAL && waited.isAfter(now) ? waited : now;
    }

    /** Nobody does it any more. @return whether anybody could have */
    public boolean stop(String customer, String id, String officer, String reason, Instant now) {
        return end(customer, id, Move.VOID, Map.of("officer", officer, "reason", reason), now);
    }

    /** The customer himself takes it back. @return whether anybody could have done it */
    public boolean cancel(String customer, String id, Instant now) {
        return end(customer, id, Move.CANCEL, Map.of("by", "customer"), now);
    }

    private boolean end(String customer, String id, Move move, Map<String, String> details, Instant now) {
        Optional<StoredOperation> ended =
                find(customer, id, now).filter(operation -> new StoredOperations(em()).end(id, move, now));
        ended.ifPresent(operation -> note(operation, State.to(move).name(), details, now));
        return ended.isPresent();
    }

    private void note(StoredOperation operation, String result, Map<String, String> details, Instant now) {
        new EvidenceLog(em()).append(OperationFacts.became(operation, result, details, now));
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
