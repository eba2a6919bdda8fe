package jp.sekisho.authenticators.login;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.checkpoint.decision.Assessment;
import jp.sekisho.checkpoint.decision.Carried;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.Reason;
import jp.sekisho.policies.risk.Risk;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Errors;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** The ways not to pass: each is recorded, shown, and told where it concerns somebody. */
public final class Refusals {

    private final AuthenticationFlowContext context;
    private final RealmPolicy policy;
    private final Walk walk;
    private final Pages pages;

    public Refusals(AuthenticationFlowContext context, RealmPolicy policy) {
        this(context, policy, new Walk(context));
    }

    public Refusals(AuthenticationFlowContext context, RealmPolicy policy, Walk walk) {
        this.context = context;
        this.policy = policy;
        this.walk = walk;
        this.pages = new Pages(policy);
    }

    /** A lock that also stops what no counter counts: a passkey does not open it. Runs the refusal if there is one. */
    boolean locked(Assessment assessment) {
        Guard guard = Guard.of(context.getSession(), context.getRealm(), policy);
        if (!guard.locked(assessment.subject().customer(), Operation.LOGIN)) {
            return false;
        }
        locked(assessment, new Refused(Refusal.LOCK, Optional.empty()));
        return true;
    }

    /** A throttle or lock: the secret was not evaluated. */
    public void locked(Assessment assessment, Refused refused) {
        walk.checkpoint()
                .record(
                        assessment,
                        walk.shown(),
                        Result.LOCKED,
                        Optional.of(refused.why().name()));
        // Nothing that a passkey or password has shown outlives the refusal.
        walk.begin();
        context.clearUser();
        end(assessment, Errors.USER_TEMPORARILY_DISABLED, pages.locked(context.form(), toldTo(assessment, refused)));
        if (refused.why() != Refusal.THROTTLE) {
            endAuthenticationSession();
        }
    }

    /** Only who exists can be locked, so a stranger is told of a stranger lock, which names that nobody has reach too. */
    private static Refused toldTo(Assessment assessment, Refused refused) {
        boolean telltale = refused.why() == Refusal.LOCK && !assessment.knownDevice();
        return telltale ? new Refused(Refusal.STRANGER_LOCK, Optional.empty()) : refused;
    }

    /** Too many customers failed from where this comes from. */
    public void source(Assessment assessment) {
        walk.checkpoint().record(assessment, walk.shown(), Result.LOCKED, Optional.of("SOURCE"));
        end(assessment, Errors.ACCESS_DENIED, pages.sourceRefused(context.form()));
    }

    /** A right factor of a frozen customer: he sees what he needs to be thawed, and nothing more. No session is made. */
    void frozen(Assessment assessment) {
        walk.checkpoint().record(assessment, walk.shown(), Result.REFUSED, Optional.of("frozen"));
        // Nothing that a passkey or password has shown outlives the refusal.
        walk.begin();
        context.clearUser();
        end(assessment, Errors.USER_DISABLED, pages.prepare(context.form()).createForm("sekisho-frozen.ftl"));
        endAuthenticationSession();
    }

    /** The same where the freeze began while the customer was on his way in. */
    void frozen() {
        Carried decision = walk.decision().orElseThrow();
        walk.conclude(0, Result.REFUSED, Optional.of("frozen"));
        end(decision, Errors.USER_DISABLED, pages.prepare(context.form()).createForm("sekisho-frozen.ftl"));
        endAuthenticationSession();
    }

    void disabled(Assessment assessment) {
        walk.checkpoint().record(assessment, walk.shown(), Result.REFUSED, Optional.of("disabled"));
        end(assessment, Errors.USER_DISABLED, pages.prepare(context.form()).createForm("sekisho-refused.ftl"));
    }

    /** A right password at HIGH is kept in mind: somebody knows it who should not. */
    void exposed(Assessment assessment) {
        if (!strange(assessment)) {
            return;
        }
        Guard.of(context.getSession(), context.getRealm(), policy)
                .markExposed(assessment.subject().customer(), PasswordCredentialModel.TYPE);
    }

    /**
     * Only a passkey passes. The customer is told where the login is strange, not where his firm asks a passkey of all.
     *
     * @param offerPasskey fills the page with what the browser needs to ask for a passkey, of whomever
     */
    void passkeyOnly(Assessment assessment, boolean right, Runnable offerPasskey) {
        walk.checkpoint()
                .record(
                        assessment,
                        walk.shown(),
                        // A wrong one counts against its source, whatever the risk.
                        right ? Result.REFUSED : Result.FAILED,
                        Optional.of(right ? "password-right" : "password-wrong"));
        context.clearUser();
        offerPasskey.run();
        assessment.subject().user().ifPresent(user -> {
            if (right && strange(assessment)) {
                notices()
                        .tellNow(
                                user,
                                Notice.LOGIN_REFUSED,
                                walk.checkpoint().noticeValues(user).about(assessment.id()));
            }
        });
        end(assessment, Errors.ACCESS_DENIED, pages.passkeyOnly(context.form()));
    }

    /** Unusual, or from where a rule keeps the customer away. */
    private static boolean strange(Assessment assessment) {
        Risk risk = assessment.decision().risk();
        return risk.level() == Level.HIGH
                || risk.signals().stream().anyMatch(signal -> signal.reason() == Reason.ACCESS_RULE);
    }

    /** The customer passed what the flow asked so far, and still may not come in. */
    void insufficient(String detail) {
        Carried decision = walk.decision().orElseThrow();
        walk.conclude(0, Result.REFUSED, Optional.of(detail));
        notices().tellNow(context.getUser(), Notice.LOGIN_REFUSED, walk.noticeValues(decision.decisionId()));
        end(decision, Errors.ACCESS_DENIED, pages.prepare(context.form()).createForm("sekisho-refused.ftl"));
        endAuthenticationSession();
    }

    /** A lock began with the second factor that was just tried. */
    public void began(Refusal lock) {
        walk.subject().user().ifPresent(user -> told(user, lock));
        locked(new Refused(lock, Optional.empty()));
    }

    /** A second factor was not evaluated. */
    public void locked(Refused refused) {
        walk.conclude(0, Result.LOCKED, Optional.of(refused.why().name()));
        end(walk.decision().orElseThrow(), Errors.USER_TEMPORARILY_DISABLED, pages.locked(context.form(), refused));
        if (refused.why() != Refusal.THROTTLE) {
            endAuthenticationSession();
        }
    }

    /** A lock began with the password that was just tried. */
    public void began(Assessment assessment, Refusal lock) {
        walk.checkpoint().record(assessment, walk.shown(), Result.FAILED, Optional.of(lock.name()));
        assessment.subject().user().ifPresent(user -> told(user, lock));
        end(
                assessment,
                Errors.USER_TEMPORARILY_DISABLED,
                pages.locked(context.form(), new Refused(lock, Optional.empty())));
        endAuthenticationSession();
    }

    private void told(UserModel user, Refusal lock) {
        Notice notice = lock == Refusal.LOCK ? Notice.LOCK : Notice.STRANGER_LOCK;
        notices().tellNow(user, notice, walk.checkpoint().noticeValues(user));
    }

    private Notices notices() {
        return Notices.of(context.getSession(), context.getRealm(), policy);
    }

    private void end(Assessment assessment, String error, Response page) {
        end(Carried.of(assessment, true), assessment.subject(), error, page);
    }

    private void end(Carried decision, String error, Response page) {
        end(decision, walk.subject(), error, page);
    }

    private void end(Carried decision, Subject subject, String error, Response page) {
        subject.user().ifPresent(context.getEvent()::user);
        walk.tell(context.getEvent(), decision);
        context.getEvent().error(error);
        context.forceChallenge(page);
    }

    /** keycloak#26177: the authentication session does not survive the lock. Once the page has been made. */
    private void endAuthenticationSession() {
        KeycloakSessionFactory factory = context.getSession().getKeycloakSessionFactory();
        String realmId = context.getRealm().getId();
        String id = context.getAuthenticationSession().getParentSession().getId();
        context.getSession().getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                KeycloakModelUtils.runJobInTransaction(factory, session -> remove(session, realmId, id));
            }

            @Override
            protected void rollbackImpl() {}
        });
    }

    private static void remove(KeycloakSession session, String realmId, String id) {
        RealmModel realm = session.realms().getRealm(realmId);
        RootAuthenticationSessionModel root = session.authenticationSessions().getRootAuthenticationSession(realm, id);
        if (root != null) {
            session.authenticationSessions().removeRootAuthenticationSession(realm, root);
        }
    }
}
