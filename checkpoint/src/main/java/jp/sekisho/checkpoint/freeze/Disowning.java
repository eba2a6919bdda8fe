package jp.sekisho.checkpoint.freeze;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.decision.SessionSight;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.operation.Confirmations;
import jp.sekisho.checkpoint.operation.Confirmations.Shown;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.freeze.Hostiles;
import jp.sekisho.storage.freeze.Hostiles.Mark;
import jp.sekisho.storage.operation.StoredOperation;
import jp.sekisho.storage.operation.StoredOperations;
import jp.sekisho.storage.payee.Payees;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * "This was not me": freezes the account, takes back what the login taught, ends the customer's trust in the device, and
 * marks device and source as hostile for this customer, never for another one. All of it or nothing, in one transaction.
 */
// JP25-9
public final class Disowning {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    private Disowning(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    public static Disowning of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new Disowning(session, realm, policy);
    }

    /** The decision of a record of the customer's own; empty for anybody else's. */
    private Optional<EvidenceRow> decision(UserModel user, String recordId) {
        EvidenceLog log = new EvidenceLog(em());
        String customer = Customers.pseudonym(session, realm, user);
        return log.withIds(List.of(recordId)).stream()
                .map(row -> row.decisionId().orElse(row.id()))
                .flatMap(id -> log.withIds(List.of(id)).stream())
                .filter(row -> row.kind() == Kind.DECISION && own(row, customer))
                .findFirst();
    }

    /** The decision that a session began with, where the log knows it. */
    private Optional<EvidenceRow> ofSession(UserModel user, String sessionId) {
        return new EvidenceLog(em()).ofSession(realm.getId(), Customers.pseudonym(session, realm, user), sessionId);
    }

    /** By the id of a record, or of a session. */
    public Optional<EvidenceRow> found(UserModel user, String id) {
        return decision(user, id).or(() -> ofSession(user, id));
    }

    private boolean own(EvidenceRow row, String customer) {
        return row.realmId().equals(realm.getId())
                && row.index().customer().filter(customer::equals).isPresent();
    }

    /** Who says that it was not the customer. */
    public sealed interface Word {

        /** The customer, who has just shown himself. */
        record Shown() implements Word {
            @Override
            public Map<String, String> details() {
                return Map.of();
            }
        }

        /**
         * A session of his that may be somebody else's: it may turn his own devices against him, but for no longer than until
         * he comes back on them after a thaw.
         *
         * @param is what keeps it from being his beyond doubt
         */
        record Doubtful(String is) implements Word {
            @Override
            public Map<String, String> details() {
                return Map.of("session", is);
            }

            @Override
            public boolean confirms() {
                return false;
            }
        }

        /** An officer who heard it from him. @param id user id */
        record Officer(String id) implements Word {
            @Override
            public Map<String, String> details() {
                return Map.of("officer", id);
            }

            @Override
            public Optional<String> officer() {
                return Optional.of(id);
            }
        }

        /** For the record. */
        Map<String, String> details();

        /** User id. */
        default Optional<String> officer() {
            return Optional.empty();
        }

        default boolean confirms() {
            return true;
        }
    }

    /** @param decision of the login or operation that was not his; where it is an operation, its session was not his either */
    public void disown(UserModel user, EvidenceRow decision, Word word) {
        contain(user, decision, word, Notice.CONTAINED, Map.of());
    }

    /**
     * He was shown an operation that he did not order: somebody else has his session, or the app or the browser that he uses was
     * tampered with. It is his own session as well, so that no mark stays that he cannot lift by coming back.
     */
    // JP25-11
    public void disown(UserModel user, Shown shown) {
        Confirmations.of(session, realm, policy).disown(shown, user);
        StoredOperation operation = shown.operation();
        EvidenceRow decision = new EvidenceLog(em())
                .withIds(List.of(operation.decided().decisionId())).stream()
                        .findFirst()
                        .orElseThrow();
        contain(
                user,
                decision,
                new Word.Doubtful("confirmation"),
                Notice.OPERATION_DISOWNED,
                Map.of("operationId", operation.id()));
    }

    private void contain(UserModel user, EvidenceRow decision, Word word, Notice alert, Map<String, String> more) {
        String customer = Customers.pseudonym(session, realm, user);
        Instant now = CustomerFile.of(session, realm, customer).now();
        Freezing freezing = Freezing.of(session, realm, policy);
        freezing.freeze(user, Optional.empty(), By.CONTAINMENT, "disowned " + decision.id(), word.officer());
        EvidenceRow began = login(user, decision);
        Stream.of(decision.id(), began.id())
                .distinct()
                .forEach(id -> freezing.facts(customer, now)
                        .write(Kind.DISOWNED, Optional.of(id), Optional.empty(), "DISOWNED", word.details()));
        // First, so that a result that an app tells meanwhile is waited for, with the bank account that it brings.
        int operations = began.index()
                .sessionId()
                .map(sessionId -> new StoredOperations(em()).disown(customer, sessionId, now))
                .orElse(0);
        // FFAJ-1.4-S3: what was brought in since is no more his than what waits.
        int payees = new Payees(em()).removeSince(customer, began.at());
        Set<String> devices = devices(began);
        devices.forEach(device -> new Devices(em()).distrust(device, customer));
        marks(devices, began.index().source())
                .forEach(mark -> new Hostiles(em()).mark(realm.getId(), customer, mark, now, word.confirms()));
        user.removeAttribute(UserModel.EMAIL_PENDING);
        user.removeRequiredAction(UserModel.RequiredAction.UPDATE_EMAIL);
        Map<String, String> details = new TreeMap<>(word.details());
        details.putAll(more);
        details.put("decision", decision.id());
        details.put("payeesRemoved", Integer.toString(payees));
        details.put("operationsDisowned", Integer.toString(operations));
        freezing.alert(user, alert, Optional.of(decision.id()), details);
    }

    /** Where an app says that an operation came from is its word; where the session came from was seen. */
    private EvidenceRow login(UserModel user, EvidenceRow decision) {
        boolean ofApps = decision.index()
                .operation()
                .map(Operation::valueOf)
                .filter(Operation::ofApps)
                .isPresent();
        return Optional.of(decision)
                .filter(row -> ofApps)
                .flatMap(row -> row.index().sessionId())
                .flatMap(sessionId -> ofSession(user, sessionId))
                .orElse(decision);
    }

    private static List<String> marks(Collection<String> devices, Optional<String> source) {
        return Stream.concat(devices.stream().map(Hostiles::device), source.map(Hostiles::source).stream())
                .toList();
    }

    /** The customer comes back with the code of his thaw: of where and on what he is, nobody's doubtful word stands. */
    // JP25-8
    void reopened(UserModel user) {
        SessionSight here = session.getProvider(Checkpoint.class).sight(Subject.of(session, realm, user));
        String customer = Customers.pseudonym(session, realm, user);
        Optional<String> source = here.evidence().address().present().map(ClientAddress::source);
        marks(here.deviceId().stream().toList(), source).stream()
                .filter(mark -> new Hostiles(em()).doubt(customer, mark))
                .forEach(mark -> lifted(customer, Map.of("mark", mark, "by", "thaw")));
    }

    /** What is hostile to the customer, newest first. */
    public List<Mark> marks(UserModel user) {
        return new Hostiles(em()).of(Customers.pseudonym(session, realm, user));
    }

    /** An officer knows better. @return whether there was such a mark */
    public boolean lift(UserModel user, String mark, String officer, String reason) {
        String customer = Customers.pseudonym(session, realm, user);
        if (!new Hostiles(em()).lift(customer, mark)) {
            return false;
        }
        lifted(customer, Map.of("mark", mark, "officer", officer, "reason", reason));
        return true;
    }

    private void lifted(String customer, Map<String, String> details) {
        Freezing.of(session, realm, policy)
                .facts(customer, CustomerFile.of(session, realm, customer).now())
                .write(Kind.MARK_LIFTED, Optional.empty(), Optional.empty(), "LIFTED", details);
    }

    /** That of the decision, and that on which the login ended: a new device has a token only then. */
    private Set<String> devices(EvidenceRow decision) {
        return Stream.concat(Stream.of(decision), new EvidenceLog(em()).factsOf(decision.id()).stream())
                .flatMap(row -> row.index().deviceId().stream())
                .collect(Collectors.toSet());
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
