package jp.sekisho.authenticators.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.operation.Confirmations;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.storage.operation.StoredOperation;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.mappers.AbstractOIDCProtocolMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAccessTokenMapper;
import org.keycloak.protocol.oidc.mappers.OIDCAttributeMapperHelper;
import org.keycloak.protocol.oidc.mappers.OIDCIDTokenMapper;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.IDToken;

/**
 * {@code operation} and {@code digest}, with {@code acr}, {@code amr} and {@code auth_time} of its confirmation: in the tokens
 * of the one code that came of it, and in no later ones of the session. The row says whether they may.
 */
// JP25-11
public final class OperationMapper extends AbstractOIDCProtocolMapper
        implements OIDCAccessTokenMapper, OIDCIDTokenMapper {

    public static final String ID = "sekisho-operation";

    private static final String ACR = "urn:sekisho:acr:operation";
    private static final String SAID = OperationMapper.class.getName();
    /** After those that tell of the session. */
    private static final int LAST = 100;

    private record Said(StoredOperation operation, List<String> amr) {}

    @Override
    public int getPriority() {
        return LAST;
    }

    @Override
    protected void setClaim(
            IDToken token,
            ProtocolMapperModel mapper,
            UserSessionModel userSession,
            KeycloakSession session,
            ClientSessionContext clientSession) {
        if (OAuth2Constants.AUTHORIZATION_CODE.equals(clientSession.getAttribute(Constants.GRANT_TYPE, String.class))) {
            said(userSession, session, clientSession).ifPresent(said -> {
                token.getOtherClaims().put("operation", said.operation().id());
                token.getOtherClaims().put("digest", said.operation().what().digest());
                token.getOtherClaims().put("amr", said.amr());
                token.setAcr(ACR);
                said.operation().times().confirmedAt().ifPresent(at -> token.setAuth_time(at.getEpochSecond()));
            });
        }
    }

    /** Once for a code: access token and ID token of it say the same. */
    private static Optional<Said> said(
            UserSessionModel userSession, KeycloakSession session, ClientSessionContext clientSession) {
        Said before = clientSession.getAttribute(SAID, Said.class);
        if (before != null) {
            return Optional.of(before);
        }
        Optional<Said> said = Optional.ofNullable(
                        clientSession.getAttribute(OIDCLoginProtocol.NONCE_PARAM, String.class))
                .flatMap(nonce -> Confirmed.take(clientSession.getClientSession(), nonce))
                .flatMap(confirmed -> RealmPolicies.of(session, userSession.getRealm())
                        .flatMap(policy -> Confirmations.of(session, userSession.getRealm(), policy)
                                .issue(
                                        confirmed.id(),
                                        userSession.getUser(),
                                        clientSession.getClientSession().getClient()))
                        .map(operation -> new Said(operation, confirmed.amr())));
        said.ifPresent(one -> clientSession.setAttribute(SAID, one));
        return said;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        List<ProviderConfigProperty> properties = new ArrayList<>();
        OIDCAttributeMapperHelper.addIncludeInTokensConfig(properties, OperationMapper.class);
        return properties;
    }

    @Override
    public String getDisplayCategory() {
        return TOKEN_MAPPER_CATEGORY;
    }

    @Override
    public String getDisplayType() {
        return "Sekisho: operation that was confirmed";
    }

    @Override
    public String getHelpText() {
        return "The operation that the customer confirmed in this very request, and its digest. Once.";
    }

    @Override
    public String getId() {
        return ID;
    }
}
