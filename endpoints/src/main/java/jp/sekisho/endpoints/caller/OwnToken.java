package jp.sekisho.endpoints.caller;

import java.util.Optional;
import jp.sekisho.checkpoint.operation.Issuer;
import org.keycloak.TokenVerifier;
import org.keycloak.common.VerificationException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.TokenManager.NotBeforeCheck;
import org.keycloak.protocol.oidc.TokenManager.TokenRevocationCheck;
import org.keycloak.protocol.oidc.encode.AccessTokenContext.SessionType;
import org.keycloak.protocol.oidc.encode.TokenContextEncoderProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AppAuthManager.AuthHeader;
import org.keycloak.services.managers.GrantTypeEndpointRestrictionValidator;
import org.keycloak.util.TokenUtil;

/**
 * The access token by which an app calls for itself. Most are of no session; Keycloak would make one up for each request, and look in the
 * database for what it was with. Here the same is looked at without it.
 */
record OwnToken(ClientModel client, UserModel account, AccessToken token) {

    /** Empty where there is none for our audience, or the proof that it needs is not there. */
    static Optional<OwnToken> of(KeycloakSession session) {
        AuthHeader header = AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(
                session.getContext().getHttpRequest().getHttpHeaders());
        return Optional.ofNullable(header)
                .flatMap(known -> SignedTokens.claims(session, known.getToken()))
                .flatMap(signed -> of(session, header, signed));
    }

    private static Optional<OwnToken> of(KeycloakSession session, AuthHeader header, AccessToken signed) {
        return ofNoSession(session, signed) && bearer(header) && bearer(signed)
                ? verified(session, signed)
                : LiveToken.of(session).map(live -> new OwnToken(live.client(), live.user(), live.token()));
    }

    private static boolean ofNoSession(KeycloakSession session, AccessToken token) {
        return token.getSessionId() == null
                && session.getProvider(TokenContextEncoderProvider.class)
                                .getTokenContextFromTokenId(token.getId())
                                .getSessionType()
                        == SessionType.TRANSIENT;
    }

    private static boolean bearer(AuthHeader header) {
        return TokenUtil.TOKEN_TYPE_BEARER.equalsIgnoreCase(header.getScheme());
    }

    /** Bound to no key: a proof by RFC 9449 is for Keycloak to look at. */
    private static boolean bearer(AccessToken token) {
        return TokenUtil.TOKEN_TYPE_BEARER.equals(token.getType())
                && (token.getConfirmation() == null || token.getConfirmation().getKeyThumbprint() == null);
    }

    private static Optional<OwnToken> verified(KeycloakSession session, AccessToken token) {
        KeycloakContext context = session.getContext();
        RealmModel realm = context.getRealm();
        ClientModel client = realm.getClientByClientId(token.getIssuedFor());
        UserModel account = TokenManager.lookupUserFromStatelessToken(session, realm, token);
        if (client == null
                || !client.isEnabled()
                || OIDCAdvancedConfigWrapper.fromClientModel(client).isUseDPoP()
                || account == null
                || !account.isEnabled()
                || !LiveToken.holdsCertificate(session, token)
                || !passes(session, token, client, account)) {
            return Optional.empty();
        }
        context.setClient(client);
        context.setBearerToken(token);
        return Optional.of(new OwnToken(client, account, token));
    }

    private static boolean passes(KeycloakSession session, AccessToken token, ClientModel client, UserModel account) {
        RealmModel realm = session.getContext().getRealm();
        try {
            TokenVerifier.createWithoutSignature(token)
                    .withChecks(
                            new TokenVerifier.RealmUrlCheck(Issuer.of(session, realm)),
                            TokenVerifier.IS_ACTIVE,
                            new TokenVerifier.AudienceCheck(LiveToken.AUDIENCE),
                            new NotBeforeCheck(realm.getNotBefore()),
                            new NotBeforeCheck(client.getNotBefore()),
                            NotBeforeCheck.forModel(session, realm, account),
                            new TokenRevocationCheck(session))
                    .withChecks(GrantTypeEndpointRestrictionValidator.check(session))
                    .verify();
            return true;
        } catch (VerificationException refused) {
            return false;
        }
    }
}
