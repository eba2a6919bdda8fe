package jp.sekisho.authenticators.session;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import jp.sekisho.checkpoint.decision.SessionLook;
import jp.sekisho.checkpoint.decision.SessionSight;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.session.SessionWatch;
import org.keycloak.OAuthErrorException;
import org.keycloak.common.ClientConnection;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.refresh.DefaultRefreshTokenProvider;
import org.keycloak.protocol.oidc.refresh.DefaultRefreshTokenProviderFactory;
import org.keycloak.protocol.oidc.refresh.RefreshTokenProvider;
import org.keycloak.representations.RefreshToken;

/**
 * Keycloak's own refresh, in sessions that the profile lets live: whichever client asks, and whatever client policies the
 * realm has.
 */
// JP25-11
public final class LivingSessions extends DefaultRefreshTokenProvider {

    private LivingSessions(KeycloakSession session) {
        super(session);
    }

    @Override
    protected TokenManager.TokenValidation validateToken(
            KeycloakSession session,
            UriInfo uri,
            ClientConnection connection,
            RealmModel realm,
            RefreshToken token,
            HttpHeaders headers,
            String scope,
            ClientModel client,
            TokenManager tokens,
            EventBuilder event)
            throws OAuthErrorException {
        TokenManager.TokenValidation valid =
                super.validateToken(session, uri, connection, realm, token, headers, scope, client, tokens, event);
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        if (policy.isPresent() && SessionWatch.isCustomers(valid.userSession)) {
            judge(SessionWatch.of(session, realm, policy.get()), valid.userSession);
        }
        return valid;
    }

    private static void judge(SessionWatch watch, UserSessionModel userSession) throws OAuthErrorException {
        SessionSight unseen = watch.unseen(userSession);
        SessionLook look = watch.byApp(userSession, unseen);
        if (!look.judgement().changes().isEmpty()) {
            watch.conclude(userSession, unseen, look);
        }
        if (!look.goesOn()) {
            throw new OAuthErrorException(OAuthErrorException.INVALID_GRANT, "Session not active");
        }
    }

    /** Has the stock id: of two factories with one id Keycloak takes the one that is not its own. */
    public static final class Factory extends DefaultRefreshTokenProviderFactory {

        @Override
        public RefreshTokenProvider create(KeycloakSession session) {
            return new LivingSessions(session);
        }
    }
}
