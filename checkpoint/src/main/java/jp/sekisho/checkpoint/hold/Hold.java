package jp.sekisho.checkpoint.hold;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A session that only a mail code or a provisional passkey vouches for: for a day it must not change credentials or profile, nor move money. The
 * note is the session's, so a login with a better factor into the same session ends it.
 */
public final class Hold {

    private static final String NOTE = "sekisho.held-until";
    private static final String ENDED = Instant.EPOCH.toString();
    private static final String CHANGES_NOTHING = "sekisho.changes-nothing";
    private static final String PERMITTED = Hold.class.getName() + ".permitted";

    /** How long a session that only weak means vouch for changes nothing. */
    public static final Duration USUAL = Duration.ofHours(24);

    private Hold() {}

    /** The session that comes of this login is held. */
    public static void begin(AuthenticationSessionModel login, Instant until) {
        login.setUserSessionNote(NOTE, until.toString());
    }

    /** The session that this login goes into is held no more. */
    public static void end(AuthenticationSessionModel login) {
        login.setUserSessionNote(NOTE, ENDED);
    }

    /** A login by the cookie of a session is held as that one is, wherever it ends: the session may be gone by then. */
    public static void follow(UserSessionModel userSession, AuthenticationSessionModel login) {
        Optional.ofNullable(userSession.getNote(NOTE))
                .filter(until -> !until.equals(ENDED))
                .ifPresent(until -> login.setUserSessionNote(NOTE, until));
    }

    /** In a login by cookie that nobody asked to change anything, nothing is changed, whatever is asked of it on the way. */
    public static void changesNothing(AuthenticationSessionModel login) {
        login.setAuthNote(CHANGES_NOTHING, "true");
    }

    /** Whether the request in hand is of such a login. */
    public static boolean changesNothing(KeycloakSession session) {
        return Optional.ofNullable(session.getContext().getAuthenticationSession())
                .map(login -> login.getAuthNote(CHANGES_NOTHING))
                .isPresent();
    }

    /** Whether the request in hand must not change anything: it is of such a login, or held. */
    public static boolean forbidsChanges(KeycloakSession session, RealmModel realm) {
        return changesNothing(session) || of(session, realm, Optional.empty()).isPresent();
    }

    /** The one change that the request in hand makes is permitted although its session is held: a passkey is enrolled. */
    public static void permitEnrolment(KeycloakSession session) {
        session.setAttribute(PERMITTED, true);
    }

    public static boolean permitsEnrolment(KeycloakSession session) {
        return session.getAttribute(PERMITTED) != null;
    }

    /** Until when the user session is held; empty where it is not. */
    public static Optional<Instant> of(KeycloakSession session, UserSessionModel userSession) {
        return of(userSession, databaseClock(session));
    }

    private static Optional<Instant> of(UserSessionModel userSession, Supplier<Instant> clock) {
        return until(Optional.ofNullable(userSession.getNote(NOTE)), clock);
    }

    /**
     * Until when the request in hand is held: by the login that is under way, else by the session that it is made in.
     *
     * @param sessionId as an event names it, where it does
     */
    public static Optional<Instant> of(KeycloakSession session, RealmModel realm, Optional<String> sessionId) {
        Supplier<Instant> clock = databaseClock(session);
        Optional<AuthenticationSessionModel> login =
                Optional.ofNullable(session.getContext().getAuthenticationSession());
        Optional<String> told = login.map(AuthenticationSessionModel::getUserSessionNotes)
                .map((Map<String, String> notes) -> notes.get(NOTE));
        if (told.isPresent()) {
            return until(told, clock);
        }
        Optional<UserSessionModel> own =
                Optional.ofNullable(session.getContext().getUserSession());
        // The user session takes the id of the root authentication session.
        Stream<UserSessionModel> named = Stream.of(
                        login.map(present -> present.getParentSession().getId()), sessionId)
                .flatMap(Optional::stream)
                .distinct()
                .map(id -> session.sessions().getUserSession(realm, id))
                .filter(found -> found != null);
        return Stream.concat(own.stream(), named)
                .filter(found -> !ofAnother(login, found))
                .flatMap(found -> of(found, clock).stream())
                .findFirst();
    }

    /** Another tab may have logged in somebody else under the same id. */
    private static boolean ofAnother(Optional<AuthenticationSessionModel> login, UserSessionModel found) {
        return login.map(AuthenticationSessionModel::getAuthenticatedUser)
                .filter(user -> found.getUser() != null)
                .filter(user -> !user.getId().equals(found.getUser().getId()))
                .isPresent();
    }

    /** @param clock asked only where a session was ever held */
    static Optional<Instant> until(Optional<String> note, Supplier<Instant> clock) {
        return note.filter(until -> !until.equals(ENDED))
                .map(Instant::parse)
                .filter(until -> until.isAfter(clock.get()));
    }

    /** A node whose clock is ahead must not let anybody go (decision 14). */
    private static Supplier<Instant> databaseClock(KeycloakSession session) {
        return () -> DatabaseClock.now(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }
}
