package jp.sekisho.authenticators.operation;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.List;
import java.util.Set;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import org.keycloak.Config;
import org.keycloak.OAuth2Constants;
import org.keycloak.http.HttpRequest;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.par.endpoints.ParEndpoint;
import org.keycloak.protocol.oidc.rar.AuthorizationDetailsProcessor;
import org.keycloak.protocol.oidc.rar.AuthorizationDetailsProcessorFactory;
import org.keycloak.protocol.oidc.rar.InvalidAuthorizationDetailsException;
import org.keycloak.representations.AuthorizationDetailsJSONRepresentation;
import org.keycloak.util.AuthorizationDetailsParser;

/**
 * How an app names the operation: {@code {"type": "sekisho_operation", "operation": UUID}} in a pushed request (RFC 9126, RFC
 * 9396). No token carries it: Keycloak leaves it in the client's session, from where it would get into later tokens that nobody
 * confirmed anything for. What was confirmed is said by {@link OperationMapper}.
 */
// JP25-11
public final class OperationDetails implements AuthorizationDetailsProcessor<AuthorizationDetailsJSONRepresentation> {

    private final KeycloakSession session;

    private OperationDetails(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public boolean isSupported() {
        return RealmPolicies.in(session.getContext().getRealm());
    }

    @Override
    public String getSupportedType() {
        return RequestedOperation.TYPE;
    }

    @Override
    public Class<AuthorizationDetailsJSONRepresentation> getSupportedResponseJavaType() {
        return AuthorizationDetailsJSONRepresentation.class;
    }

    @Override
    public AuthorizationDetailsJSONRepresentation validateAuthorizationDetail(
            AuthorizationDetailsJSONRepresentation detail) throws InvalidAuthorizationDetailsException {
        if (!pushed()) {
            throw new InvalidAuthorizationDetailsException("sekisho_operation needs a pushed authorization request");
        }
        boolean named = detail.getCustomData().keySet().equals(Set.of(RequestedOperation.OPERATION))
                && RequestedOperation.isId(detail.getCustomData().get(RequestedOperation.OPERATION));
        if (!named) {
            throw new InvalidAuthorizationDetailsException("sekisho_operation names one operation by its id");
        }
        return detail;
    }

    /** What a browser adds to a pushed request is none of it. */
    private boolean pushed() {
        HttpRequest request = session.getContext().getHttpRequest();
        MultivaluedMap<String, String> sent = "POST".equals(request.getHttpMethod())
                ? request.getDecodedFormParameters()
                : session.getContext().getUri().getQueryParameters();
        String uri = sent.getFirst(OIDCLoginProtocol.REQUEST_URI_PARAM);
        return uri != null
                && uri.startsWith(ParEndpoint.REQUEST_URI_PREFIX)
                && !sent.containsKey(OAuth2Constants.AUTHORIZATION_DETAILS)
                && !sent.containsKey(OIDCLoginProtocol.CLAIMS_PARAM)
                && !sent.containsKey(OIDCLoginProtocol.NONCE_PARAM);
    }

    @Override
    public AuthorizationDetailsJSONRepresentation process(
            UserSessionModel userSession,
            ClientSessionContext clientSession,
            AuthorizationDetailsJSONRepresentation detail) {
        return null;
    }

    @Override
    public List<AuthorizationDetailsJSONRepresentation> handleMissingAuthorizationDetails(
            UserSessionModel userSession, ClientSessionContext clientSession) {
        return null;
    }

    @Override
    public AuthorizationDetailsJSONRepresentation processStoredAuthorizationDetails(
            UserSessionModel userSession,
            ClientSessionContext clientSession,
            AuthorizationDetailsJSONRepresentation detail) {
        return null;
    }

    @Override
    public void afterAuthorizationDetailsProcessed(
            UserSessionModel userSession,
            ClientSessionContext clientSession,
            AuthorizationDetailsJSONRepresentation detail) {}

    @Override
    public void close() {}

    /** Its id is the type. */
    public static final class Factory implements AuthorizationDetailsProcessorFactory {

        @Override
        public OperationDetails create(KeycloakSession session) {
            return new OperationDetails(session);
        }

        @Override
        public void init(Config.Scope config) {
            AuthorizationDetailsParser.registerParser(RequestedOperation.TYPE, new Parser());
        }

        @Override
        public String getId() {
            return RequestedOperation.TYPE;
        }
    }

    private static final class Parser implements AuthorizationDetailsParser {

        @Override
        public <T extends AuthorizationDetailsJSONRepresentation> T asSubtype(
                AuthorizationDetailsJSONRepresentation detail, Class<T> type) {
            return type.cast(detail);
        }
    }
}
