package jp.sekisho.checkpoint.session;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** A customer's sessions, offline ones included, and their end. */
public final class CustomerSessions {

    private CustomerSessions() {}

    /**
     * Ends all of them; apps are told by their back channel.
     *
     * @param event fired for each as a logout
     */
    public static void endAll(KeycloakSession session, RealmModel realm, UserModel user, EventBuilder event) {
        List<UserSessionModel> live = Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .toList();
        // The user session takes the id of the root authentication session.
        Optional<String> own = Optional.ofNullable(session.getContext().getAuthenticationSession())
                .map(AuthenticationSessionModel::getParentSession)
                .map(root -> root.getId());
        for (UserSessionModel one : live) {
            if (!one.isOffline() && own.filter(one.getId()::equals).isPresent()) {
                // A logout would take the login that is under way with it.
                session.sessions().removeUserSession(realm, one);
            } else {
                AuthenticationManager.backchannelLogout(session, one, true);
            }
            event.clone()
                    .event(EventType.LOGOUT)
                    .user(user)
                    .session(one.getId())
                    .success();
        }
    }
}
