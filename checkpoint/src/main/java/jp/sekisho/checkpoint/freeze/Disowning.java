package jp.sekisho.checkpoint.freeze;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.freeze.Hostiles;
import jp.sekisho.storage.freeze.Hostiles.Mark;
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

    /**
     * @param decision of the login that was not his
     * @param officer user id, where it was one who heard it from him
     */
    public void disown(UserModel user, EvidenceRow decision, Optional<String> officer) {
        String customer = Customers.pseudonym(session, realm, user);
        Instant now = CustomerFile.of(session, realm, customer).now();
        Freezing freezing = Freezing.of(session, realm, policy);
        freezing.freeze(user, Optional.empty(), By.CONTAINMENT, "disowned " + decision.id(), officer);
        freezing.facts(customer, now)
                .write(
                        Kind.DISOWNED,
                        Optional.of(decision.id()),
                        Optional.empty(),
                        "DISOWNED",
                        officer.map(id -> Map.of("officer", id)).orElse(Map.of()));
        Hostiles hostiles = new Hostiles(em());
        devices(decision).forEach(device -> {
            new Devices(em()).distrust(device, customer);
            hostiles.markDevice(realm.getId(), customer, device, now);
        });
        decision.index().source().ifPresent(source -> hostiles.markSource(realm.getId(), customer, source, now));
        withdrawChanges(user);
        freezing.alert(user, Notice.CONTAINED, Optional.of(decision.id()), Map.of("decision", decision.id()));
    }

    /**
     * A session that is held, or in which nobody has just shown himself, says that a login was not his: it may be the thief's
     * own, who must not turn the customer's devices against him. It freezes, which anybody may, and leaves the rest to
     * officers.
     *
     * @param of what the session is
     */
    public void suspect(UserModel user, EvidenceRow decision, String of) {
        Freezing freezing = Freezing.of(session, realm, policy);
        freezing.freeze(user, Optional.empty(), By.CONTAINMENT, "session " + of, Optional.empty());
        withdrawChanges(user);
        freezing.alert(
                user, Notice.CONTAINED, Optional.of(decision.id()), Map.of("decision", decision.id(), "session", of));
    }

    private static void withdrawChanges(UserModel user) {
        user.removeAttribute(UserModel.EMAIL_PENDING);
        user.removeRequiredAction(UserModel.RequiredAction.UPDATE_EMAIL);
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
        Freezing.of(session, realm, policy)
                .facts(customer, CustomerFile.of(session, realm, customer).now())
                .write(
                        Kind.MARK_LIFTED,
                        Optional.empty(),
                        Optional.empty(),
                        "LIFTED",
                        Map.of("mark", mark, "officer", officer, "reason", reason));
        return true;
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
