package jp.sekisho.authenticators.session;

import java.util.Optional;
import jp.sekisho.checkpoint.decision.SessionLook;
import jp.sekisho.checkpoint.decision.SessionSight;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.session.SessionWatch;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.RefreshToken;
import org.keycloak.representations.idm.ClientPolicyExecutorConfigurationRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.TokenRefreshContext;
import org.keycloak.services.clientpolicy.context.TokenRequestContext;
import org.keycloak.services.clientpolicy.executor.ClientPolicyExecutorProvider;
import org.keycloak.util.TokenUtil;

/**
 * Refreshes of public clients, judged again: the customer's own browser or phone sends them. Only what speaks against going
 * on leaves a record; a refresh that is as usual is none of a decision.
 */
// JP25-11
final class SessionCheckExecutor
        implements ClientPolicyExecutorProvider<ClientPolicyExecutorConfigurationRepresentation> {

    private final KeycloakSession session;

    SessionCheckExecutor(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void executeOnEvent(ClientPolicyContext context) throws ClientPolicyException {
        RealmModel realm = session.getContext().getRealm();
        Optional<RealmPolicy> policy = RealmPolicies.of(session, realm);
        if (policy.isEmpty()) {
            return;
        }
        SessionWatch watch = SessionWatch.of(session, realm, policy.get());
        if (context instanceof TokenRequestContext fetched) {
            watch.fetched(fetched.getClientSession());
        } else if (context instanceof TokenRefreshContext refresh) {
            Optional<RefreshToken> token = token(refresh);
            Optional<UserSessionModel> userSession = token.flatMap(known -> userSession(realm, known));
            if (userSession.isPresent()) {
                judge(watch, userSession.get(), clientSession(userSession.get(), refresh));
            }
        }
    }

    private static void judge(
            SessionWatch watch, UserSessionModel userSession, Optional<AuthenticatedClientSessionModel> client)
            throws ClientPolicyException {
        SessionSight sight = watch.sight(userSession);
        SessionLook look = watch.byRefresh(userSession, client, sight);
        if (!look.judgement().changes().isEmpty()) {
            watch.conclude(userSession, sight, look);
        }
        if (!look.goesOn()) {
            throw new ClientPolicyException(OAuthErrorException.INVALID_GRANT, "Log in again");
        }
    }

    /** Only a live one of this client: who holds an old one must not be able to end anybody's session. */
    private Optional<RefreshToken> token(TokenRefreshContext refresh) {
        return Optional.ofNullable(refresh.getParams().getFirst(OAuth2Constants.REFRESH_TOKEN))
                .map(text -> session.tokens().decode(text, RefreshToken.class))
                .filter(token -> token.isActive()
                        && refresh.getClient().getClientId().equals(token.getIssuedFor())
                        && token.getSessionId() != null);
    }

    /** The two have one id. */
    private Optional<UserSessionModel> userSession(RealmModel realm, RefreshToken token) {
        return Optional.ofNullable(
                TokenUtil.TOKEN_TYPE_OFFLINE.equals(token.getType())
                        ? session.sessions().getOfflineUserSession(realm, token.getSessionId())
                        : session.sessions().getUserSession(realm, token.getSessionId()));
    }

    private static Optional<AuthenticatedClientSessionModel> clientSession(
            UserSessionModel userSession, TokenRefreshContext refresh) {
        return Optional.ofNullable(userSession.getAuthenticatedClientSessionByClient(
                refresh.getClient().getId()));
    }

    @Override
    public String getProviderId() {
        return SessionCheckExecutorFactory.ID;
    }
}
