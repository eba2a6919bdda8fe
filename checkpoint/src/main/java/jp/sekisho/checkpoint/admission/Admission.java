package jp.sekisho.checkpoint.admission;

import java.util.Optional;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * That the checkpoint let a customer in, as the session of it knows: who it was, by which decision, in which record. Each
 * record is good for one login, which ends in the request that was admitted, or in a later one where that request left it to a
 * required action or a consent; that the session was once admitted is no answer to the next one.
 */
public final class Admission {

    private static final String NOTE = "sekisho.admitted";
    private static final String CLAIMED = "sekisho.admitted-claimed";
    private static final String LEFT = "sekisho.admitted-left";
    private static final String CHANGE = "sekisho.change-admitted";
    private static final String HERE = Admission.class.getName();

    /** @param within the session that goes on by it; empty where a session comes of it */
    private record Told(String userId, String decisionId, String recordId, Optional<String> within) {

        static Optional<Told> in(UserSessionModel session) {
            return Optional.ofNullable(session.getNote(NOTE))
                    .map(note -> note.split(" "))
                    .filter(parts -> parts.length == 3 || parts.length == 4)
                    .map(parts -> new Told(
                            parts[0], parts[1], parts[2], parts.length == 4 ? Optional.of(parts[3]) : Optional.empty()))
                    .filter(told -> belongsTo(told, session.getUser()));
        }

        private static boolean belongsTo(Told told, UserModel user) {
            return user != null && told.userId().equals(user.getId());
        }

        String note() {
            return userId
                    + ' '
                    + decisionId
                    + ' '
                    + recordId
                    + within.map(id -> ' ' + id).orElse("");
        }
    }

    private Admission() {}

    /**
     * Goes from the login to the session that comes of it.
     *
     * @param recordId the row that says so; of a login that is its decision
     */
    public static void grant(
            KeycloakSession session,
            AuthenticationSessionModel login,
            UserModel user,
            String decisionId,
            String recordId) {
        grant(session, login, new Told(user.getId(), decisionId, recordId, Optional.empty()));
    }

    /** The same of a login by the cookie of a session: it is good for that one, which must have been admitted itself. */
    public static void grantWithin(
            KeycloakSession session,
            String sessionId,
            AuthenticationSessionModel login,
            UserModel user,
            String decisionId,
            String recordId) {
        grant(session, login, new Told(user.getId(), decisionId, recordId, Optional.of(sessionId)));
    }

    private static void grant(KeycloakSession session, AuthenticationSessionModel login, Told told) {
        login.setUserSessionNote(NOTE, told.note());
        session.setAttribute(HERE, told.recordId());
        session.getTransactionManager().enlistPrepare(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                if (here(session, told) && live(login)) {
                    login.setUserSessionNote(LEFT, told.recordId());
                }
            }

            @Override
            protected void rollbackImpl() {}
        });
    }

    private static boolean here(KeycloakSession session, Told told) {
        return told.recordId().equals(session.getAttribute(HERE));
    }

    private static boolean live(AuthenticationSessionModel login) {
        return login.getParentSession().getAuthenticationSession(login.getClient(), login.getTabId()) != null;
    }

    /** In the tab that it was shown in, and to no session. */
    public static void grantChange(AuthenticationSessionModel login, UserModel user) {
        login.setAuthNote(CHANGE, user.getId());
    }

    /** Somebody identifies himself anew. */
    public static void forgetChange(AuthenticationSessionModel login) {
        login.removeAuthNote(CHANGE);
    }

    /** Whether it is this user whom the checkpoint let in, or let change something, in the tab that is at hand. */
    public static boolean granted(AuthenticationSessionModel login, String userId) {
        boolean letIn = Optional.ofNullable(login.getUserSessionNotes().get(NOTE))
                .filter(note -> note.startsWith(userId + ' '))
                .isPresent();
        return letIn || userId != null && userId.equals(login.getAuthNote(CHANGE));
    }

    /** The decision by which the session's customer came in; empty where the checkpoint never let him in. */
    public static Optional<String> decision(UserSessionModel session) {
        return Told.in(session).map(Told::decisionId);
    }

    /** Whether the checkpoint answered for the login that ends in this session just now. Once for each record. */
    public static boolean claim(KeycloakSession session, UserSessionModel ended) {
        Optional<String> claimed = Optional.ofNullable(ended.getNote(CLAIMED));
        Optional<Told> fresh = Told.in(ended)
                .filter(told -> !claimed.equals(Optional.of(told.recordId())))
                .filter(told -> told.within()
                        .map(id -> id.equals(ended.getId()) && claimed.isPresent())
                        .orElse(true))
                .filter(told -> here(session, told) || firstOf(session, ended, told));
        fresh.ifPresent(told -> {
            session.removeAttribute(HERE);
            ended.setNote(CLAIMED, told.recordId());
        });
        return fresh.isPresent();
    }

    /**
     * Keycloak hands one authentication session to all requests in it: who posts while another one is admitted finds every step
     * done. And two may go on at once with what was left to them.
     */
    private static boolean firstOf(KeycloakSession session, UserSessionModel ended, Told told) {
        return told.recordId().equals(ended.getNote(LEFT))
                && session.singleUseObjects()
                        .putIfAbsent(
                                HERE + ':' + told.recordId(), ended.getRealm().getAccessCodeLifespanLogin());
    }
}
