package jp.sekisho.checkpoint.session;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.checkpoint.admission.Admission;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.decision.SessionLook;
import jp.sekisho.checkpoint.decision.SessionLook.Door;
import jp.sekisho.checkpoint.decision.SessionSight;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.useragent.UserAgents;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.policies.session.Answer;
import jp.sekisho.policies.session.Change;
import jp.sekisho.policies.session.Holder;
import jp.sekisho.policies.session.SessionJudgement;
import jp.sekisho.policies.session.Use;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Sessions that come back: judged again, each time, against what they began with. */
// JP25-11
public final class SessionWatch {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    private SessionWatch(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    public static SessionWatch of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new SessionWatch(session, realm, policy);
    }

    /**
     * What the session that comes of this login is bound to.
     *
     * @param deviceId the device token that the browser has from now on
     */
    public static void begin(AuthenticationSessionModel login, SessionSight sight, String deviceId) {
        HolderNotes.write(login, sight, deviceId);
    }

    /** An app fetches its tokens with a software of its own, which is not the browser that the customer logged in with. */
    public void fetched(AuthenticatedClientSessionModel client) {
        HolderNotes.write(client, UserAgents.shared().of(session));
    }

    /** The session as it comes back. */
    public SessionLook byCookie(UserSessionModel userSession, SessionSight sight) {
        return look(userSession, sight, HolderNotes.read(userSession), lastUsedByAnApp(userSession), Door.COOKIE);
    }

    public SessionLook byRefresh(
            UserSessionModel userSession, Optional<AuthenticatedClientSessionModel> client, SessionSight sight) {
        Optional<Holder> began = HolderNotes.read(userSession)
                .map(holder ->
                        client.map(own -> HolderNotes.fetchedBy(holder, own)).orElse(holder));
        return look(userSession, sight, began, lastUsed(userSession), Door.REFRESH);
    }

    /** By its lifetimes alone: an app's own server asks, whose address and software say nothing of the customer. */
    public SessionLook byApp(UserSessionModel userSession, SessionSight unseen) {
        return new SessionLook(
                userSession.getId(),
                Admission.decision(userSession),
                Door.REFRESH,
                policy.profile().session().judge(use(userSession, lastUsed(userSession), unseen)),
                !policy.monitor(),
                policy.version());
    }

    /** Whether a customer's session has lasted, or lain unused, longer than the profile allows. Records nothing. */
    public static boolean outlived(KeycloakSession session, RealmModel realm, UserSessionModel userSession) {
        return RealmPolicies.of(session, realm)
                .map(policy -> of(session, realm, policy))
                .filter(watch -> isCustomers(userSession))
                .filter(watch ->
                        !watch.byApp(userSession, watch.unseen(userSession)).goesOn())
                .isPresent();
    }

    /** An app that acts for itself is no customer. */
    public static boolean isCustomers(UserSessionModel userSession) {
        return userSession.getUser().getServiceAccountClientLink() == null;
    }

    /** As an app reports it: the worst that can come of it is a session that ends. */
    public SessionLook byReport(UserSessionModel userSession, SessionSight asserted) {
        return look(userSession, asserted, HolderNotes.read(userSession), lastUsed(userSession), Door.REPORT);
    }

    /**
     * What of who holds a session is other than it was at the login.
     *
     * @param device another browser or system
     */
    public record Moved(boolean device, boolean network) {}

    /** By what came of it whenever the session was looked at since. */
    public static Moved moved(UserSessionModel userSession) {
        return moved(HolderNotes.moved(userSession));
    }

    /** The same, and by what an app says that it sees of the customer now: that may speak against him only. */
    public Moved moved(UserSessionModel userSession, String address, String userAgent) {
        SessionSight asserted = asserted(userSession, address, userAgent);
        Moved before = moved(userSession);
        Moved now = moved(HolderNotes.read(userSession)
                .map(began -> HolderNotes.of(asserted).changesSince(began))
                .orElse(Set.of()));
        return new Moved(
                before.device() || now.device() && !HolderNotes.fetchedBy(userSession, asserted),
                before.network() || now.network() || HolderNotes.inAnotherNetwork(userSession, asserted));
    }

    private static Moved moved(Set<Change> changes) {
        return new Moved(
                changes.contains(Change.DEVICE) || changes.contains(Change.USER_AGENT),
                changes.contains(Change.COUNTRY));
    }

    private static Instant lastUsed(UserSessionModel userSession) {
        return Instant.ofEpochSecond(userSession.getLastSessionRefresh());
    }

    /** Keycloak takes whatever brings the cookie for a use, the request in hand too, before any step of the flow. */
    // Keycloak has no other word of it, and asks it itself.
    @SuppressWarnings("removal")
    private static Instant lastUsedByAnApp(UserSessionModel userSession) {
        int last = userSession.getAuthenticatedClientSessions().values().stream()
                .mapToInt(AuthenticatedClientSessionModel::getTimestamp)
                .max()
                .orElseGet(userSession::getStarted);
        return Instant.ofEpochSecond(last);
    }

    private SessionLook look(
            UserSessionModel userSession, SessionSight sight, Optional<Holder> began, Instant lastUsed, Door door) {
        Optional<String> decision = Admission.decision(userSession);
        SessionJudgement judgement = policy.profile()
                .session()
                .judge(
                        began.filter(known -> decision.isPresent()),
                        HolderNotes.of(sight),
                        use(userSession, lastUsed, sight));
        boolean reported = door == Door.REPORT;
        Optional<Scope> denying = reported
                ? checkpoint().denied(sight, userSession)
                : checkpoint().denied(sight.subject(), userSession);
        return new SessionLook(
                userSession.getId(),
                decision,
                door,
                // Nobody stands before the app's server who could be sent to a login that is judged by the rule.
                denying.map(scope -> judgement.denied(reported ? Answer.END : Answer.REAUTHENTICATE))
                        .orElse(judgement),
                !policy.monitor(),
                policy.version());
    }

    private static Use use(UserSessionModel userSession, Instant lastUsed, SessionSight sight) {
        return new Use(began(userSession), lastUsed, sight.evidence().at());
    }

    /** An offline session is of the login that it came of, however late its first token is fetched. */
    private static Instant began(UserSessionModel userSession) {
        int started = userSession.getStarted();
        int began = Optional.ofNullable(userSession.getNote(AuthenticationManager.AUTH_TIME))
                .filter(login -> userSession.isOffline())
                .map(login -> Math.min(started, Integer.parseInt(login)))
                .orElse(started);
        return Instant.ofEpochSecond(began);
    }

    public SessionSight unseen(UserSessionModel userSession) {
        return checkpoint().unseen(subject(userSession));
    }

    public SessionSight sight(UserSessionModel userSession) {
        return checkpoint().sight(subject(userSession));
    }

    public SessionSight asserted(UserSessionModel userSession, String address, String userAgent) {
        return checkpoint().asserted(subject(userSession), address, userAgent);
    }

    /** Leaves the record; a session that must end is removed, whatever becomes of the request. */
    public void conclude(UserSessionModel userSession, SessionSight sight, SessionLook look) {
        checkpoint().record(sight, look);
        if (!look.goesOn()
                && look.judgement().answer().filter(Answer.END::equals).isPresent()) {
            end(userSession);
        } else {
            HolderNotes.moved(userSession, look.judgement().changes());
        }
    }

    private void end(UserSessionModel userSession) {
        String realmId = realm.getId();
        String id = userSession.getId();
        boolean offline = userSession.isOffline();
        KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), inner -> {
            RealmModel own = inner.realms().getRealm(realmId);
            inner.getContext().setRealm(own);
            UserSessionModel ended = offline
                    ? inner.sessions().getOfflineUserSession(own, id)
                    : inner.sessions().getUserSession(own, id);
            if (ended != null) {
                SessionEnd.of(inner, own, ended);
            }
        });
    }

    private Subject subject(UserSessionModel userSession) {
        return Subject.of(session, realm, userSession.getUser());
    }

    private Checkpoint checkpoint() {
        return session.getProvider(Checkpoint.class);
    }
}
