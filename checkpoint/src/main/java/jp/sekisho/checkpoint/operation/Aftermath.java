package jp.sekisho.checkpoint.operation;

import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.secrecy.Secrecy;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.Payee;
import jp.sekisho.policies.operation.State;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.payee.Payees;
import jp.sekisho.storage.payee.StoredPayee;
import jp.sekisho.storage.secrecy.SealedColumn;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What follows from an operation that was done: the customer is told, and his bank accounts are known. */
// FFAJ-1.3-B2, FFAJ-1.4-S3, FFAJ-1.4-S4
final class Aftermath {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    private Aftermath(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    static Aftermath of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new Aftermath(session, realm, policy);
    }

    /** With the session's transaction. */
    void of(Known known) {
        StoredOperation operation = known.operation();
        SealedContent sealed = new SealedContent(session, realm);
        if (operation.state() != State.EXECUTED
                || sealed.ifIntact(policy, known).isEmpty()) {
            return;
        }
        Details details = sealed.details(operation);
        Operation type = operation.what().type();
        details.payee().ifPresent(payee -> {
            if (type == Operation.BANK_ACCOUNT_CHANGE) {
                remember(
                        operation,
                        payee,
                        StoredPayee.State.PENDING,
                        known.now(),
                        known.now().plus(policy.profile().operations().payeeWait()));
            } else if (type == Operation.WITHDRAWAL) {
                remember(operation, payee, StoredPayee.State.KNOWN, known.now(), known.now());
            }
        });
        notice(type).ifPresent(notice -> tell(operation, notice, details, known.now()));
    }

    /** Who did not ask for it can stop it. */
    void held(Known known, Details details) {
        tell(known.operation(), Notice.OPERATION_HELD, details, known.now());
    }

    /** He is told before it is carried out, and of many small ones of one instrument once. */
    void unusual(Known known, Details details) {
        StoredOperation operation = known.operation();
        tell(
                operation,
                Notice.UNUSUAL_ORDER,
                () -> OperationWords.of(NoticeValues.at(known.now()), operation, details)
                        .about(details.instrument().orElse("")));
    }

    /** Where it is doubtful whose bank account it is, somebody looks. */
    void doubtful(Known known, Details details) {
        StoredOperation operation = known.operation();
        new EvidenceLog(em())
                .append(Facts.row(
                        realm.getId(),
                        Kind.ALERT,
                        Optional.of(operation.decided().decisionId()),
                        Optional.of(operation.whose().customer()),
                        Optional.of(operation.decided().policyVersion()),
                        known.now(),
                        Map.of("result", Notice.PAYEE_DOUBTFUL.code(), "operationId", operation.id())));
        // Of one account and customer once, however often he names it.
        tell(
                operation,
                Notice.PAYEE_DOUBTFUL,
                () -> OperationWords.of(NoticeValues.at(known.now()), operation, details)
                        .about(operation.what().payee().orElse("")));
        Metrics.globalRegistry
                .counter("sekisho.alerts", "alert", Notice.PAYEE_DOUBTFUL.code())
                .increment();
    }

    private static Optional<Notice> notice(Operation type) {
        return switch (type) {
            case TRADE -> Optional.of(Notice.TRADED);
            case WITHDRAWAL -> Optional.of(Notice.WITHDRAWN);
            case BANK_ACCOUNT_CHANGE -> Optional.of(Notice.BANK_ACCOUNT_CHANGED);
            // What is changed by it in Keycloak tells of itself.
            case PROFILE_CHANGE, LOGIN, CREDENTIAL_CHANGE -> Optional.empty();
        };
    }

    /**
     * Not where he is contained meanwhile, or disowned it: a thief may have begun it. The next withdrawal to it waits, as to any
     * that nobody knows.
     */
    private void remember(
            StoredOperation operation, Payee payee, StoredPayee.State state, Instant now, Instant usableFrom) {
        // What an app had begun before a freeze brings in no bank account.
        if (operation.times().disownedAt().isPresent()
                || CustomerFile.of(session, realm, operation.whose().customer())
                        .latest()
                        .frozen(operation.what().type())) {
            return;
        }
        Payees payees = new Payees(em());
        String customer = operation.whose().customer();
        String hash = operation.what().payee().orElseThrow();
        String id = UUID.randomUUID().toString();
        StoredPayee added = stored(id, operation, payee, state, now, usableFrom);
        if (payees.add(realm.getId(), added)) {
            return;
        }
        StoredPayee before = payees.find(customer, hash).orElseThrow();
        // Sealed anew meanwhile, or changed by somebody else: a wait that begins must not get lost.
        while (renews(before, state)
                && !payees.change(before, stored(before.id(), operation, payee, state, now, usableFrom))) {
            before = payees.find(customer, hash).orElseThrow();
        }
    }

    /** What was taken off comes back by being registered, with its wait; of a withdrawal the app may tell late. */
    static boolean renews(StoredPayee before, StoredPayee.State state) {
        return state == StoredPayee.State.PENDING || before.state() == StoredPayee.State.PENDING;
    }

    private StoredPayee stored(
            String id, StoredOperation operation, Payee payee, StoredPayee.State state, Instant now, Instant from) {
        return new StoredPayee(
                id,
                operation.whose().customer(),
                operation.whose().userId(),
                operation.what().payee().orElseThrow(),
                Secrecy.of(session, realm).seal(SealedColumn.PAYEE, id, PayeeJson.write(payee)),
                state,
                operation.id(),
                now,
                from);
    }

    private void tell(StoredOperation operation, Notice notice, Details details, Instant now) {
        tell(operation, notice, () -> OperationWords.of(NoticeValues.at(now), operation, details));
    }

    private void tell(StoredOperation operation, Notice notice, Supplier<NoticeValues> values) {
        Optional.ofNullable(session.users().getUserById(realm, operation.whose().userId()))
                .ifPresent(user -> Notices.of(session, realm, policy).tell(user, notice, values));
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
