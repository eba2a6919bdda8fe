package jp.sekisho.checkpoint.freeze;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.identity.IdentityRecords;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.freeze.Freeze.Proposal;
import jp.sekisho.policies.freeze.Freeze.Refusal;
import jp.sekisho.policies.freeze.FreezePolicy.Credential;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.freeze.Freezes;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Freezes a customer, and thaws him as officers decide. The row is written with its record and the notice in the request's
 * transaction, and refuses at every door from its commit on; a worker disables the user and ends his sessions and
 * provisional passkeys then.
 */
// JP25-8
public final class Freezing {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    private Freezing(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    public static Freezing of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new Freezing(session, realm, policy);
    }

    /**
     * Freezes an operation, or all of them. The customer is told.
     *
     * @param reason as it was given
     * @param officer user id, where it was one
     * @return false where just that is frozen already
     */
    public boolean freeze(
            UserModel user, Optional<Operation> operation, By by, String reason, Optional<String> officer) {
        String customer = Customers.pseudonym(session, realm, user);
        Instant now = now(customer);
        if (!new Freezes(em()).put(realm.getId(), customer, user.getId(), operation, by, reason, now)) {
            return false;
        }
        Map<String, String> details = new TreeMap<>(Map.of("reason", reason));
        officer.ifPresent(id -> details.put("officer", id));
        facts(customer, now).write(Kind.FREEZE, Optional.empty(), operation, by.name(), details);
        tell(
                user,
                Notice.FROZEN,
                officer.isPresent()
                        ? byStaff(now)
                        : session.getProvider(Checkpoint.class).noticeValues(user));
        signalAfterCommit();
        return true;
    }

    /** Those of a customer that last, oldest first. */
    public List<Freeze> of(UserModel user) {
        return new Freezes(em()).of(Customers.pseudonym(session, realm, user));
    }

    /**
     * An officer proposes to thaw all that is frozen, once the customer's identity was verified anew.
     *
     * @return why not
     */
    public Optional<Refusal> propose(UserModel user, List<Freeze> freezes, String officer, String reason) {
        String customer = Customers.pseudonym(session, realm, user);
        Freeze newest = freezes.get(freezes.size() - 1);
        var identity = IdentityRecords.of(session, realm).since(customer, newest.at()).stream()
                .findFirst();
        Optional<Refusal> refusal =
                newest.proposable(officer, user.getId(), identity.map(verified -> verified.verifiedAt()));
        if (refusal.isPresent()) {
            return refusal;
        }
        Instant now = now(customer);
        String record = identity.orElseThrow().id();
        Freezes rows = new Freezes(em());
        freezes.forEach(freeze -> rows.propose(freeze.id(), new Proposal(officer, now, record)));
        facts(customer, now)
                .write(
                        Kind.THAW_PROPOSED,
                        Optional.empty(),
                        Optional.empty(),
                        "PROPOSED",
                        Map.of("officer", officer, "reason", reason, "identity", record));
        tell(user, Notice.THAW_PROPOSED, byStaff(now));
        return Optional.empty();
    }

    /**
     * Another officer approves what was proposed: the customer comes in again and binds a new credential first.
     *
     * @return why not
     */
    public Optional<Refusal> approve(UserModel user, List<Freeze> freezes, String approver, String reason) {
        List<Freeze> proposed =
                freezes.stream().filter(freeze -> freeze.proposal().isPresent()).toList();
        Optional<Refusal> refusal = freezes.stream()
                .filter(freeze -> proposed.isEmpty() || proposed.contains(freeze))
                .flatMap(freeze -> freeze.approvable(approver, user.getId()).stream())
                .findFirst();
        if (refusal.isPresent()) {
            return refusal;
        }
        String customer = Customers.pseudonym(session, realm, user);
        Instant now = now(customer);
        Freezes rows = new Freezes(em());
        for (Freeze freeze : proposed) {
            if (!rows.thaw(freeze, approver, now)) {
                return Optional.of(Refusal.NOT_PROPOSED);
            }
        }
        if (rows.of(customer).stream().noneMatch(freeze -> freeze.covers(Operation.LOGIN))) {
            user.setEnabled(true);
        }
        if (proposed.stream().anyMatch(freeze -> freeze.covers(Operation.LOGIN))) {
            user.addRequiredAction(rebinding());
        }
        Proposal proposal = proposed.get(0).proposal().orElseThrow();
        facts(customer, now)
                .write(
                        Kind.THAW,
                        Optional.empty(),
                        Optional.empty(),
                        "THAWED",
                        Map.of(
                                "officer",
                                approver,
                                "proposer",
                                proposal.officer(),
                                "reason",
                                reason,
                                "identity",
                                proposal.identityRecord()));
        tell(user, Notice.THAWED, byStaff(now));
        return Optional.empty();
    }

    /** Somebody enabled the user of a frozen customer: he is disabled again, and the desk is told. */
    public void bypassed(UserModel user, String administrator) {
        user.setEnabled(false);
        alert(user, Notice.FREEZE_BYPASSED, Optional.empty(), Map.of("administrator", administrator));
    }

    /** For the desk: a record, and a notice on the channels that reach it. */
    void alert(UserModel user, Notice notice, Optional<String> decision, Map<String, String> details) {
        String customer = Customers.pseudonym(session, realm, user);
        Instant now = now(customer);
        facts(customer, now).write(Kind.ALERT, decision, Optional.empty(), notice.code(), details);
        tell(user, notice, NoticeValues.at(now));
    }

    FreezeFacts facts(String customer, Instant now) {
        return new FreezeFacts(em(), realm.getId(), customer, policy.version(), now);
    }

    private String rebinding() {
        return policy.profile().freeze().rebind() == Credential.PASSKEY
                ? WebAuthnPasswordlessRegisterFactory.PROVIDER_ID
                : UserModel.RequiredAction.UPDATE_PASSWORD.name();
    }

    private void tell(UserModel user, Notice notice, NoticeValues values) {
        Notices.of(session, realm, policy).tell(user, notice, values);
    }

    private static NoticeValues byStaff(Instant now) {
        return NoticeValues.at(now).and("by", "staff");
    }

    private Instant now(String customer) {
        return CustomerFile.of(session, realm, customer).now();
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private void signalAfterCommit() {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                session.getKeycloakSessionFactory().publish(new FreezeWritten());
            }

            @Override
            protected void rollbackImpl() {}
        });
    }
}
