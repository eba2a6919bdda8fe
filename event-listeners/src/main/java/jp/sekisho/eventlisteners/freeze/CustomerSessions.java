package jp.sekisho.eventlisteners.freeze;

import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.managers.UserSessionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends all sessions of a customer, offline ones included; apps are told by their back channel. Needs no request. */
final class CustomerSessions {

    private static final Logger LOG = LoggerFactory.getLogger(CustomerSessions.class);

    private final KeycloakSession session;
    private final RealmModel realm;

    CustomerSessions(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    void end(UserModel user) {
        List<UserSessionModel> live = Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .toList();
        live.forEach(one -> one.getAuthenticatedClientSessions().values().forEach(app -> tell(one, app)));
        for (UserSessionModel one : live) {
            if (one.isOffline()) {
                new UserSessionManager(session).revokeOfflineUserSession(one);
            } else {
                session.sessions().removeUserSession(realm, one);
            }
        }
    }

    /** An app that cannot be reached keeps no session alive. */
    private void tell(UserSessionModel one, AuthenticatedClientSessionModel app) {
        if (app.getProtocol() == null || !app.getClient().isEnabled()) {
            return;
        }
        try {
            session.getProvider(LoginProtocol.class, app.getProtocol())
                    .setSession(session)
                    .setRealm(realm)
                    .backchannelLogout(one, app);
        } catch (RuntimeException trouble) {
            LOG.warn(
                    "realm {}: client {} was not told of a logout",
                    realm.getName(),
                    app.getClient().getClientId(),
                    trouble);
        }
    }
}
