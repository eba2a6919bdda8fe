package jp.sekisho.authenticators.credential;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.session.SessionEnd;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** What ends with a new password, whoever set it: every session but the one in hand. Whoever knew the old one may be in them. */
final class OtherSessions {

    private OtherSessions() {}

    static void end(KeycloakSession session, RealmModel realm, UserModel user) {
        // The user session takes the id of the root authentication session.
        Set<String> inHand = Stream.of(
                        Optional.ofNullable(session.getContext().getAuthenticationSession())
                                .map(login -> login.getParentSession().getId()),
                        Optional.ofNullable(session.getContext().getUserSession())
                                .filter(own -> own.getUser().getId().equals(user.getId()))
                                .map(UserSessionModel::getId))
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        List<UserSessionModel> others = Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .filter(one -> !inHand.contains(one.getId()))
                .toList();
        for (UserSessionModel one : others) {
            SessionEnd.of(session, realm, one);
            new EventBuilder(realm, session, session.getContext().getConnection())
                    .event(EventType.LOGOUT)
                    .user(user)
                    .session(one.getId())
                    .success();
        }
    }
}
