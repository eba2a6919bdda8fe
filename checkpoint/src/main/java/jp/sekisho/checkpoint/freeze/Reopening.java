package jp.sekisho.checkpoint.freeze;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.identity.IdentityCodes;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.policies.freeze.Freeze.Approval;
import jp.sekisho.policies.freeze.Rebind;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.freeze.Freezes;
import jp.sekisho.storage.identity.PostalCode;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The way back in of a customer whose thaw officers approved: the code that was made with the approval, or later by two, and then a
 * new credential, all in one authentication session. Until that is bound every door is shut, to him and to whoever has what
 * he had.
 */
// JP25-8
public final class Reopening {

    private static final String NOTE = "sekisho.reopening";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final UserModel user;
    private final String customer;

    private Reopening(KeycloakSession session, RealmModel realm, RealmPolicy policy, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.user = user;
        this.customer = Customers.pseudonym(session, realm, user);
    }

    public static Reopening of(KeycloakSession session, RealmModel realm, RealmPolicy policy, UserModel user) {
        return new Reopening(session, realm, policy, user);
    }

    /** Whether the code was right in this login, whatever became of the approval since. */
    public static boolean begun(AuthenticationSessionModel login) {
        return login.getAuthNote(NOTE) != null;
    }

    /** Somebody else is meant from now on in this login. */
    public static void forget(AuthenticationSessionModel login) {
        login.removeAuthNote(NOTE);
    }

    /**
     * Whether the request in hand is of a login in which this user's code was right, and the approval stands: he may change
     * his credentials although he is frozen.
     */
    public static boolean underWay(KeycloakSession session, RealmModel realm, UserModel user) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        if (login == null || !begun(login) || !user.equals(login.getAuthenticatedUser())) {
            return false;
        }
        String customer = Customers.pseudonym(session, realm, user);
        return Freeze.reopening(
                        CustomerFile.of(session, realm, customer).latest().freezes())
                .filter(approval -> isOf(login, approval))
                .isPresent();
    }

    private static boolean isOf(AuthenticationSessionModel login, Approval approval) {
        return approval.at().toString().equals(login.getAuthNote(NOTE));
    }

    /**
     * Tries the code. A right one is used up: who gives up half-way needs another.
     *
     * @return what the customer is to bind; empty where it is wrong, or older than the approval, or made by one alone, or
     *     nothing is approved, and where somebody had disabled him before: whoever did enables him, once the thaw is approved
     */
    public Optional<Approval> redeem(AuthenticationSessionModel login, String typed) {
        List<Freeze> freezes =
                CustomerFile.of(session, realm, customer).latest().freezes();
        Optional<Approval> redeemed = IdentityCodes.of(session, realm)
                .redeemWithoutLogin(
                        customer, typed, letter -> reopening(freezes, letter).isPresent())
                .flatMap(letter -> reopening(freezes, letter));
        redeemed.ifPresent(approval -> {
            login.setAuthNote(NOTE, approval.at().toString());
            // Keycloak lets nobody else bind anything; the row goes on refusing him everywhere besides.
            user.setEnabled(true);
        });
        return redeemed;
    }

    private Optional<Approval> reopening(List<Freeze> freezes, PostalCode letter) {
        return Freeze.reopening(freezes, letter.issuedAt(), letter.approver())
                .filter(approval -> user.isEnabled() || freezes.stream().noneMatch(Freeze::disabledBefore));
    }

    /**
     * The new credential is bound: all that was approved is thawed, with the request's transaction.
     *
     * @return what was to be bound; empty where it was frozen anew meanwhile: nothing of the request may stand
     */
    public Optional<Rebind> completed(AuthenticationSessionModel login) {
        Freezes rows = new Freezes(em());
        List<Freeze> freezes = rows.of(customer);
        Optional<Approval> approval = Freeze.reopening(freezes).filter(stands -> isOf(login, stands));
        List<Freeze> approved =
                freezes.stream().filter(freeze -> freeze.approval().isPresent()).toList();
        Instant now = CustomerFile.of(session, realm, customer).now();
        if (approval.isEmpty() || !approved.stream().allMatch(freeze -> rows.thaw(freeze, now))) {
            return Optional.empty();
        }
        CustomerFile.of(session, realm, customer).readAgain(em());
        forget(login);
        Freezing freezing = Freezing.of(session, realm, policy);
        freezing.facts(customer, now)
                .write(
                        Kind.THAW,
                        Optional.empty(),
                        Optional.empty(),
                        "THAWED",
                        Freezing.evidence(approved.get(0), approval.get()));
        Disowning.of(session, realm, policy).reopened(user);
        freezing.tell(
                user,
                Notice.THAWED,
                session.getProvider(Checkpoint.class).noticeValues(user).apart());
        return approval.map(Approval::rebind);
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
