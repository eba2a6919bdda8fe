package jp.sekisho.endpoints.caller;

import java.util.List;
import java.util.Optional;
import org.keycloak.TokenVerifier;
import org.keycloak.common.VerificationException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.TokenManager.NotBeforeCheck;
import org.keycloak.protocol.oidc.TokenManager.TokenRevocationCheck;
import org.keycloak.protocol.oidc.encode.AccessTokenContext.SessionType;
import org.keycloak.protocol.oidc.encode.TokenContextEncoderProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.GrantTypeEndpointRestrictionValidator;
import org.keycloak.services.util.DPoPUtil;
import org.keycloak.util.TokenUtil;

/**
 * The access token by which an app calls for itself. Most are of no session; Keycloak would make one up for each request, and look in the
 * database for what it was with. Here the same is looked at without it.
 */
record OwnToken(ClientModel client, UserModel account, AccessToken token) {

    /** Empty where there is none for our audience, or the proof that it needs is not there. */
    static Optional<OwnToken> of(KeycloakSession session) {
        String text = AppAuthManager.extractAuthorizationHeaderToken(
                session.getContext().getHttpRequest().getHttpHeaders());
        AccessToken signed = session.tokens().decode(text, AccessToken.class);
        if (signed == null) {
            return Optional.empty();
        }
        return ofNoSession(session, signed)
                ? verified(session, text, signed)
                : LiveToken.of(session).map(live -> new OwnToken(live.client(), live.user(), live.token()));
    }

    private static boolean ofNoSession(KeycloakSession session, AccessToken token) {
        return token.getSessionId() == null
                && session.getProvider(TokenContextEncoderProvider.class)
                                .getTokenContextFromTokenId(token.getId())
                                .getSessionType()
                        == SessionType.TRANSIENT;
    }

    private static Optional<OwnToken> verified(KeycloakSession session, String text, AccessToken token) {
        KeycloakContext context = session.getContext();
        RealmModel realm = context.getRealm();
        ClientModel client = realm.getClientByClientId(token.getIssuedFor());
        UserModel account = TokenManager.lookupUserFromStatelessToken(session, realm, token);
        if (client == null
                || !client.isEnabled()
                || account == null
                || !account.isEnabled()
                || !LiveToken.holdsCertificate(session, token)
                || !passes(session, text, token, client, account)) {
            return Optional.empty();
        }
        context.setClient(client);
        context.setBearerToken(token);
        return Optional.of(new OwnToken(client, account, token));
    }

    private static boolean passes(
            KeycloakSession session, String text, AccessToken token, ClientModel client, UserModel account) {
        KeycloakContext context = session.getContext();
        RealmModel realm = context.getRealm();
        TokenVerifier<AccessToken> verifier = TokenVerifier.createWithoutSignature(token)
                .withChecks(
                        new TokenVerifier.RealmUrlCheck(
                                Urls.realmIssuer(context.getUri().getBaseUri(), realm.getName())),
                        TokenVerifier.IS_ACTIVE,
                        new TokenVerifier.AudienceCheck(LiveToken.AUDIENCE),
                        new NotBeforeCheck(realm.getNotBefore()),
                        new NotBeforeCheck(client.getNotBefore()),
                        NotBeforeCheck.forModel(session, realm, account),
                        new TokenRevocationCheck(session))
                .withChecks(GrantTypeEndpointRestrictionValidator.check(session));
        DPoPUtil.withDPoPVerifier(
                verifier.tokenType(List.of(TokenUtil.TOKEN_TYPE_BEARER)),
                realm,
                new DPoPUtil.Validator(session)
                        .request(context.getHttpRequest())
                        .uriInfo(context.getUri())
                        .accessToken(text));
        try {
            verifier.verify();
            return true;
        } catch (VerificationException refused) {
            return false;
        }
    }
}
