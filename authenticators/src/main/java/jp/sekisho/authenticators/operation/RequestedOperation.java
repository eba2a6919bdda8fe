package jp.sekisho.authenticators.operation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import java.util.regex.Pattern;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The operation that an app asks its customer to confirm. It is named and nothing more: what it is stands in its row.
 *
 * @param nonce of the request: by it the token that says so is told from others of the session
 */
// JP25-11
public record RequestedOperation(String id, String nonce) {

    /** {@code authorization_details} of RFC 9396. */
    static final String TYPE = "sekisho_operation";

    static final String OPERATION = "operation";

    /** The level of {@code urn:sekisho:acr:operation}. */
    private static final String LEVEL = "4";

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Whether the request is about an operation, be it incomplete. */
    public static boolean any(AuthenticationSessionModel login) {
        return level(login)
                || details(login).filter(json -> json.contains(TYPE)).isPresent();
    }

    /** Empty where the request lacks the essential level, a nonce, or names no operation or more than one. */
    static Optional<RequestedOperation> of(AuthenticationSessionModel login) {
        boolean essential = Boolean.parseBoolean(login.getClientNote(Constants.FORCE_LEVEL_OF_AUTHENTICATION));
        Optional<String> nonce = Optional.ofNullable(login.getClientNote(OIDCLoginProtocol.NONCE_PARAM))
                .filter(one -> !one.isBlank());
        return details(login)
                .filter(json -> essential && level(login))
                .flatMap(RequestedOperation::id)
                .flatMap(id -> nonce.map(one -> new RequestedOperation(id, one)));
    }

    static boolean isId(Object text) {
        return text instanceof String id && ID.matcher(id).matches();
    }

    private static boolean level(AuthenticationSessionModel login) {
        return LEVEL.equals(login.getClientNote(Constants.REQUESTED_LEVEL_OF_AUTHENTICATION));
    }

    private static Optional<String> details(AuthenticationSessionModel login) {
        return Optional.ofNullable(login.getClientNote(OAuth2Constants.AUTHORIZATION_DETAILS));
    }

    private static Optional<String> id(String details) {
        try {
            JsonNode all = JSON.readTree(details);
            return Optional.of(all)
                    .filter(list -> list.isArray() && list.size() == 1)
                    .map(list -> list.get(0))
                    .filter(one -> TYPE.equals(one.path("type").textValue()))
                    .map(one -> one.path(OPERATION).textValue())
                    .filter(RequestedOperation::isId);
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }
}
