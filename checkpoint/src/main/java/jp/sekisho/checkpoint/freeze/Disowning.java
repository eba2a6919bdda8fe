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
    public Optional<EvidenceRow> decision(UserModel user, String recordId) {
        EvidenceLog log = new EvidenceLog(em());
        String customer = Customers.pseudonym(session, realm, user);
        return log.withIds(List.of(recordId)).stream()
                .map(row -> row.decisionId().orElse(row.id()))
                .flatMap(id -> log.withIds(List.of(id)).stream())
                .filter(row -> row.kind() == Kind.DECISION && own(row, customer))
                .findFirst();
    }

    /** The decision that a session began with, where the log knows it. */
    public Optional<EvidenceRow> ofSession(UserModel user, String sessionId) {
        return new EvidenceLog(em()).ofSession(realm.getId(), Customers.pseudonym(session, realm, user), sessionId);
    }

    private boolean own(EvidenceRow row, String customer) {
        return row.realmId().equals(realm.getId())
                && row.index().customer().filter(customer::equals).isPresent();
    }

    /** @param decision of the login that was not his */
    public void disown(UserModel user, EvidenceRow decision) {
        String customer = Customers.pseudonym(session, realm, user);
        Instant now = CustomerFile.of(session, realm, customer).now();
        Freezing freezing = Freezing.of(session, realm, policy);
        freezing.freeze(user, Optional.empty(), By.CONTAINMENT, "disowned " + decision.id(), Optional.empty());
        freezing.facts(customer, now)
                .write(Kind.DISOWNED, Optional.of(decision.id()), Optional.empty(), "DISOWNED", Map.of());
        Hostiles hostiles = new Hostiles(em());
        devices(decision).forEach(device -> {
            new Devices(em()).distrust(device, customer);
            hostiles.markDevice(realm.getId(), customer, device, now);
        });
        decision.index().source().ifPresent(source -> hostiles.markSource(realm.getId(), customer, source, now));
        user.removeAttribute(UserModel.EMAIL_PENDING);
        user.removeRequiredAction(UserModel.RequiredAction.UPDATE_EMAIL);
        freezing.alert(user, Notice.CONTAINED, Optional.of(decision.id()), Map.of("decision", decision.id()));
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
