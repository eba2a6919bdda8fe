package jp.sekisho.authenticators.reset;

import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.passkey.ShownPasskeys;
import jp.sekisho.policies.passkey.PasskeyFacts;
import org.keycloak.WebAuthnConstants;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.WebAuthnPasswordlessAuthenticator;
import org.keycloak.common.util.Base64Url;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Another passkey of who lost one, asked for without telling whether he has any. */
// JP25-3
final class OtherPasskey extends WebAuthnPasswordlessAuthenticator {

    OtherPasskey(KeycloakSession session) {
        super(session);
    }

    /** @return whether it is one of this customer's, its owner was verified, and it counts already */
    boolean isOf(AuthenticationFlowContext context, UserModel user) {
        boolean right = handle(context).equals(Optional.of(user.getId())) && verified(context);
        // Who it is the flow learns when all is shown.
        context.clearUser();
        AuthenticationSessionModel login = context.getAuthenticationSession();
        List<PasskeyFacts> shown = ShownPasskeys.of(login, user);
        boolean counts = right
                && !shown.isEmpty()
                && shown.stream().allMatch(PasskeyFacts::userVerified)
                && Passkeys.of(session, context.getRealm())
                        .provisionalUntil(Customers.pseudonym(session, context.getRealm(), user), () -> shown)
                        .isEmpty();
        if (!counts) {
            ShownPasskeys.forget(login);
        }
        return counts;
    }

    private boolean verified(AuthenticationFlowContext context) {
        try {
            action(context);
            return context.getStatus() == FlowStatus.SUCCESS;
        } catch (AuthenticationFlowException refused) {
            // Once the passkey is verified, Keycloak takes no disabled user; what he gets is ours to say.
            return refused.getError() == AuthenticationFlowError.USER_DISABLED;
        }
    }

    private static Optional<String> handle(AuthenticationFlowContext context) {
        String handle = context.getHttpRequest().getDecodedFormParameters().getFirst(WebAuthnConstants.USER_HANDLE);
        try {
            return Optional.ofNullable(handle)
                    .map(Base64Url::decode)
                    .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** He named himself before: a name in this form says nothing. */
    @Override
    protected boolean validateUsername(
            AuthenticationFlowContext context, MultivaluedMap<String, String> form, String name) {
        return true;
    }

    /** The page says it. */
    @Override
    protected void setErrorResponse(AuthenticationFlowContext context, String error, String detail) {
        context.getEvent()
                .detail(WebAuthnConstants.AUTH_ERR_LABEL, error)
                .detail(WebAuthnConstants.AUTH_ERR_DETAIL_LABEL, detail);
    }
}
