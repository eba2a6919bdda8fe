package jp.sekisho.checkpoint.freeze;

import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.identity.IdentityCodes;
import jp.sekisho.checkpoint.identity.IdentityCodes.Issued;
import jp.sekisho.checkpoint.identity.IdentityRecords;
import jp.sekisho.checkpoint.interim.Interim;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.operation.Withdrawing;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.freeze.Freeze.Approval;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.freeze.Freeze.Proposal;
import jp.sekisho.policies.freeze.Freeze.Refusal;
import jp.sekisho.policies.freeze.Rebind;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.storage.device.Devices;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.freeze.Freezes;
import jp.sekisho.storage.identity.PostalCodes;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Freezes a customer, and approves his thaw as officers decide. The row is written with its record and the notice in the request's
 * transaction, and refuses at every door from its commit on; a worker disables the user and ends his sessions and
 * provisional passkeys then.
 */
// JP25-8
public final class Freezing {

    /** Required actions that change what is taken away, or what a thief had begun. */
    private static final List<String> BEGUN = List.of(
            UserModel.RequiredAction.UPDATE_PASSWORD.name(),
            UserModel.RequiredAction.CONFIGURE_TOTP.name(),
            UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name(),
            UserModel.RequiredAction.UPDATE_EMAIL.name(),
            WebAuthnRegisterFactory.PROVIDER_ID,
            WebAuthnPasswordlessRegisterFactory.PROVIDER_ID);

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
     * Freezes an operation, or all of them, whatever is frozen already: who freezes again says that what was found out since
     * is not to be relied on. The customer is told, and where a thaw was under way, so is the desk.
     *
     * @param reason as it was given
     * @param officer user id, where it was one
     */
    public void freeze(UserModel user, Optional<Operation> operation, By by, String reason, Optional<String> officer) {
        String customer = Customers.pseudonym(session, realm, user);
        Instant now = now(customer);
        Freezes rows = new Freezes(em());
        boolean disabled = Freeze.disabledBefore(user.isEnabled(), rows.of(customer));
        boolean underWay = rows.put(realm.getId(), customer, user.getId(), operation, by, reason, disabled, now);
        Map<String, String> details = new TreeMap<>(Map.of("reason", reason));
        if (disabled) {
            details.put("user", "disabled before");
        }
        officer.ifPresent(id -> details.put("officer", id));
        details.put("withdrawn", Long.toString(new Withdrawing(em()).all(customer, operation, "frozen", now)));
        facts(customer, now).write(Kind.FREEZE, Optional.empty(), operation, by.name(), details);
        if (operation.isEmpty() || operation.get() == Operation.LOGIN) {
            // A letter from before may be in the wrong hands, and is no renewed verification.
            new PostalCodes(em()).deleteCustomer(customer);
        }
        tell(
                user,
                Notice.FROZEN,
                officer.isPresent()
                        ? byStaff(now)
                        : session.getProvider(Checkpoint.class).noticeValues(user));
        if (underWay) {
            alert(user, Notice.THAW_WITHDRAWN, Optional.empty(), Map.of("by", by.name()));
        }
        CustomerFile.of(session, realm, customer).readAgain(em());
        signalAfterCommit();
    }

    /** Those of a customer that last, oldest first. */
    public List<Freeze> of(UserModel user) {
        return new Freezes(em()).of(Customers.pseudonym(session, realm, user));
    }

    /** The same for {@link #propose} and {@link #approve}: nobody freezes him anew between what they look at and what they write. */
    public List<Freeze> held(UserModel user) {
        return new Freezes(em()).held(Customers.pseudonym(session, realm, user));
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
        Proposal proposal = new Proposal(officer, now, record);
        if (!freezes.stream().allMatch(freeze -> rows.propose(freeze, proposal))) {
            // Frozen again meanwhile.
            return Optional.of(Refusal.NO_IDENTITY_SINCE);
        }
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

    /** What became of an approval: why not, or the code with which the customer comes in, where he must bind anew. */
    public record Approved(Optional<Refusal> refusal, Optional<Issued> code) {

        private static Approved refused(Refusal why) {
            return new Approved(Optional.of(why), Optional.empty());
        }
    }

    /**
     * Another officer approves what was proposed. Where the login was frozen it stays so until the customer has bound a new
     * credential by {@link Reopening}; nothing that he had serves any more, since somebody else may have it too.
     */
    public Approved approve(UserModel user, List<Freeze> freezes, String approver, String reason) {
        List<Freeze> proposed =
                freezes.stream().filter(freeze -> freeze.proposal().isPresent()).toList();
        Optional<Refusal> refusal = freezes.stream()
                .filter(freeze -> proposed.isEmpty() || proposed.contains(freeze))
                .flatMap(freeze -> freeze.approvable(approver, user.getId()).stream())
                .findFirst();
        if (refusal.isPresent()) {
            return Approved.refused(refusal.get());
        }
        String customer = Customers.pseudonym(session, realm, user);
        Instant now = now(customer);
        Approval approval = new Approval(approver, now, rebind(user, customer, proposed, now));
        Freezes rows = new Freezes(em());
        for (Freeze freeze : proposed) {
            if (!rows.approve(freeze, approval)) {
                return Approved.refused(Refusal.NOT_PROPOSED);
            }
        }
        Map<String, String> details = new TreeMap<>(evidence(proposed.get(0), approval));
        details.put("reason", reason);
        if (approval.rebind() == Rebind.NOTHING) {
            for (Freeze freeze : proposed) {
                if (!rows.thaw(freeze.approved(approval), now)) {
                    return Approved.refused(Refusal.NOT_PROPOSED);
                }
            }
            facts(customer, now).write(Kind.THAW, Optional.empty(), Optional.empty(), "THAWED", details);
            tell(user, Notice.THAWED, byStaff(now));
            return new Approved(Optional.empty(), Optional.empty());
        }
        details.put("removed", String.join(" ", takeAway(user, customer)));
        facts(customer, now).write(Kind.THAW_APPROVED, Optional.empty(), Optional.empty(), "APPROVED", details);
        tell(user, Notice.THAW_APPROVED, byStaff(now));
        return new Approved(
                Optional.empty(),
                Optional.of(IdentityCodes.of(session, realm)
                        .issue(
                                customer,
                                proposed.get(0).proposal().orElseThrow().officer(),
                                Optional.of(approver),
                                reason,
                                now)));
    }

    private Rebind rebind(UserModel user, String customer, List<Freeze> proposed, Instant now) {
        if (proposed.stream().noneMatch(freeze -> freeze.covers(Operation.LOGIN))) {
            return Rebind.NOTHING;
        }
        boolean exempt = Interim.of(session, realm, policy)
                .permit(customer, user, now)
                .filter(permit -> permit.kind() == Interim.Kind.EXEMPTION)
                .isPresent();
        return Rebind.of(policy.profile().freeze().rebind(), exempt, Interim.holdsTotp(user));
    }

    /** Whatever a thief may have had or bound, and what he may have had begun. @return the types of what was taken, and the providers that vouched for him */
    private Set<String> takeAway(UserModel user, String customer) {
        Passkeys.of(session, realm).endProvisional(customer);
        List<CredentialModel> credentials =
                user.credentialManager().getStoredCredentialsStream().toList();
        credentials.forEach(credential -> user.credentialManager().removeStoredCredentialById(credential.getId()));
        List<FederatedIdentityModel> elsewhere =
                session.users().getFederatedIdentitiesStream(realm, user).toList();
        elsewhere.forEach(link -> session.users().removeFederatedIdentity(realm, user, link.getIdentityProvider()));
        new Devices(em()).deleteCustomer(customer);
        user.removeAttribute(UserModel.EMAIL_PENDING);
        BEGUN.forEach(user::removeRequiredAction);
        return Stream.concat(
                        credentials.stream().map(CredentialModel::getType),
                        elsewhere.stream().map(link -> "provider:" + link.getIdentityProvider()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Map<String, String> evidence(Freeze freeze, Approval approval) {
        Proposal proposal = freeze.proposal().orElseThrow();
        return Map.of(
                "officer",
                approval.officer(),
                "proposer",
                proposal.officer(),
                "identity",
                proposal.identityRecord(),
                "rebind",
                approval.rebind().name());
    }

    /**
     * An administrator enabled the user of a frozen customer, or made him anew: it thaws nobody, and the desk is told. Who may
     * bind anew is enabled for it, and refused everywhere else by the row.
     *
     * @param freezes those that last
     * @param anew whether there was no such user for a while
     * @return whether it was no more than what may be
     */
    public boolean stands(UserModel user, List<Freeze> freezes, boolean anew, String administrator) {
        boolean closed = freezes.stream().anyMatch(freeze -> freeze.covers(Operation.LOGIN))
                && Freeze.reopening(freezes).isEmpty();
        boolean enabled = closed && user.isEnabled();
        if (enabled) {
            user.setEnabled(false);
        }
        if (enabled || anew) {
            alert(
                    user,
                    Notice.FREEZE_BYPASSED,
                    Optional.empty(),
                    Map.of("administrator", administrator, "user", anew ? "made anew" : "enabled"));
        }
        return !enabled && !anew;
    }

    /** The user of a frozen customer is there again. @return whether he was gone */
    public boolean returned(UserModel user) {
        String customer = Customers.pseudonym(session, realm, user);
        boolean gone = new Freezes(em()).returned(customer, now(customer));
        if (gone) {
            signalAfterCommit();
        }
        return gone;
    }

    /** For the desk: a record, a metric that an operator watches, and a notice on the channels that reach it. */
    void alert(UserModel user, Notice notice, Optional<String> decision, Map<String, String> details) {
        String customer = Customers.pseudonym(session, realm, user);
        Instant now = now(customer);
        facts(customer, now).write(Kind.ALERT, decision, Optional.empty(), notice.code(), details);
        tell(user, notice, NoticeValues.at(now));
        Metrics.globalRegistry.counter("sekisho.alerts", "alert", notice.code()).increment();
    }

    FreezeFacts facts(String customer, Instant now) {
        return new FreezeFacts(em(), realm.getId(), customer, policy.version(), now);
    }

    void tell(UserModel user, Notice notice, NoticeValues values) {
        Notices.of(session, realm, policy).tell(user, notice, values);
    }

    static NoticeValues byStaff(Instant now) {
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
