package jp.sekisho.checkpoint.session;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import jp.sekisho.storage.schema.DatabaseClock;
import jp.sekisho.storage.session.Logouts;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * The end of a session, by whomever it is decided: it is gone with the commit, and with it is kept which apps are to be told.
 * A worker tells them by their back channel, so that no decision waits for an app, and an app that is away is told when it
 * is back.
 */
// JP25-11
public final class SessionEnd {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Logouts logouts;
    private final Instant now;

    private SessionEnd(KeycloakSession session, RealmModel realm) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.session = session;
        this.realm = realm;
        this.logouts = new Logouts(em);
        this.now = DatabaseClock.now(em);
    }

    public static void of(KeycloakSession session, RealmModel realm, UserSessionModel userSession) {
        new SessionEnd(session, realm).end(List.of(userSession));
    }

    /**
     * Ends all of a customer's, offline ones included. A login that is under way goes on.
     *
     * @return their ids
     */
    public static List<String> ofAll(KeycloakSession session, RealmModel realm, UserModel user) {
        List<UserSessionModel> live = Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .toList();
        List<String> ids = live.stream().map(UserSessionModel::getId).toList();
        new SessionEnd(session, realm).end(live);
        return ids;
    }

    /** The same. @param event fired for each as a logout */
    public static void ofAll(KeycloakSession session, RealmModel realm, UserModel user, EventBuilder event) {
        ofAll(session, realm, user)
                .forEach(id -> event.clone()
                        .event(EventType.LOGOUT)
                        .user(user)
                        .session(id)
                        .success());
    }

    private void end(List<UserSessionModel> sessions) {
        sessions.forEach(this::end);
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                session.getKeycloakSessionFactory().publish(new SessionEnded());
            }

            @Override
            protected void rollbackImpl() {}
        });
    }

    private void end(UserSessionModel userSession) {
        userSession.getAuthenticatedClientSessions().values().stream()
                .filter(SessionEnd::hasBackChannel)
                .forEach(app -> logouts.put(
                        realm.getId(),
                        userSession.getUser().getId(),
                        userSession.getId(),
                        app.getClient().getId(),
                        app.getNote(OIDCLoginProtocol.ISSUER),
                        now));
        if (userSession.isOffline()) {
            session.sessions().removeOfflineUserSession(realm, userSession);
        } else {
            session.sessions().removeUserSession(realm, userSession);
        }
    }

    private static boolean hasBackChannel(AuthenticatedClientSessionModel app) {
        String url = OIDCAdvancedConfigWrapper.fromClientModel(app.getClient()).getBackchannelLogoutUrl();
        return url != null && !url.isEmpty();
    }
}
