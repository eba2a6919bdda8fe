package jp.sekisho.authenticators.login;

import java.util.Optional;
import java.util.Set;
import org.keycloak.authentication.requiredactions.DeleteCredentialAction;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.models.Constants;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What an application asks its customer to do with his account in this login ({@code kc_action}). */
public record RequestedChange(String action) {

    private static final String ENROLMENT = WebAuthnPasswordlessRegisterFactory.PROVIDER_ID;
    private static final Set<String> OF_CREDENTIALS = Set.of(
            UserModel.RequiredAction.UPDATE_PASSWORD.name(),
            UserModel.RequiredAction.CONFIGURE_TOTP.name(),
            UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name(),
            WebAuthnRegisterFactory.PROVIDER_ID,
            DeleteCredentialAction.PROVIDER_ID,
            ENROLMENT);

    public static Optional<RequestedChange> of(AuthenticationSessionModel login) {
        // Some carry what they are about behind a colon.
        return Optional.ofNullable(login.getClientNote(Constants.KC_ACTION))
                .map(asked -> new RequestedChange(asked.split(":", 2)[0]));
    }

    public boolean ofCredentials() {
        return OF_CREDENTIALS.contains(action);
    }

    public boolean ofEnrolment() {
        return action.equals(ENROLMENT);
    }
}
