package jp.sekisho.checkpoint.operation;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.secrecy.Secrecy;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Payee;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.operation.State.Move;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperations;
import jp.sekisho.storage.payee.Payees;
import jp.sekisho.storage.payee.StoredPayee;
import jp.sekisho.storage.secrecy.SealedColumn;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A customer's bank accounts as he sees them, and takes them off. */
// FFAJ-1.4-S3
public final class OwnPayees {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final UserModel user;
    private final String customer;

    private OwnPayees(KeycloakSession session, RealmModel realm, RealmPolicy policy, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.user = user;
        this.customer = Customers.pseudonym(session, realm, user);
    }

    public static OwnPayees of(KeycloakSession session, RealmModel realm, RealmPolicy policy, UserModel user) {
        return new OwnPayees(session, realm, policy, user);
    }

    /** One that he has. */
    public record Own(StoredPayee stored, Payee payee) {

        public boolean waits(Instant now) {
            return now.isBefore(stored.usableFrom());
        }
    }

    /** Oldest first. */
    public List<Own> all() {
        return new Payees(em())
                .of(customer).stream()
                        .filter(StoredPayee::kept)
                        .map(payee -> new Own(payee, opened(payee)))
                        .toList();
    }

    private Payee opened(StoredPayee payee) {
        return PayeeJson.read(Secrecy.of(session, realm).open(SealedColumn.PAYEE, payee.id(), payee.content()));
    }

    /** At once, with what was to go there and is not done. @return false where he has none of this id */
    public boolean remove(String id, Instant now) {
        Optional<Own> removed = all().stream()
                .filter(own -> own.stored().id().equals(id))
                .findFirst()
                .filter(own -> new Payees(em()).move(own.stored(), StoredPayee.State.REMOVED));
        removed.ifPresent(own -> {
            cancel(own.stored().numberHash(), now);
            record(own, now);
            tell(own);
        });
        return removed.isPresent();
    }

    private void cancel(String numberHash, Instant now) {
        StoredOperations rows = new StoredOperations(em());
        for (StoredOperation operation : rows.unfinished(customer, now)) {
            if (operation.what().payee().equals(Optional.of(numberHash))
                    && rows.end(operation.id(), Move.CANCEL, now)) {
                new EvidenceLog(em())
                        .append(OperationFacts.became(
                                operation, State.CANCELLED.name(), Map.of("why", "payee-removed"), now));
            }
        }
    }

    private void record(Own own, Instant now) {
        new EvidenceLog(em())
                .append(Facts.row(
                        realm.getId(),
                        Kind.PAYEE_REMOVED,
                        Optional.empty(),
                        Optional.of(customer),
                        Optional.of(policy.version()),
                        now,
                        Map.of(
                                "payee",
                                own.stored().numberHash(),
                                "operationId",
                                own.stored().operationId())));
    }

    private void tell(Own own) {
        Notices.of(session, realm, policy)
                .tell(
                        user,
                        Notice.BANK_ACCOUNT_REMOVED,
                        session.getProvider(Checkpoint.class)
                                .noticeValues(user)
                                .about(own.stored().id())
                                .and(NoticeValues.PAYEE, Masking.payee(own.payee())));
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
