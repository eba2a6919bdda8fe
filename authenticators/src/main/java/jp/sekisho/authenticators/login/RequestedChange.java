package jp.sekisho.authenticators.login;

import java.util.Optional;
import java.util.Set;
import jp.sekisho.checkpoint.decision.Carried;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.requiredactions.DeleteCredentialAction;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.models.Constants;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What an application asks its customer to do with his account in this login ({@code kc_action}). */
record RequestedChange(String action) {

    private static final String ENROLMENT = WebAuthnPasswordlessRegisterFactory.PROVIDER_ID;
    private static final Set<String> OF_CREDENTIALS = Set.of(
            UserModel.RequiredAction.UPDATE_PASSWORD.name(),
            UserModel.RequiredAction.CONFIGURE_TOTP.name(),
            UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name(),
            WebAuthnRegisterFactory.PROVIDER_ID,
            DeleteCredentialAction.PROVIDER_ID,
            ENROLMENT);

    static Optional<RequestedChange> of(AuthenticationSessionModel login) {
        // Some carry what they are about behind a colon.
        return Optional.ofNullable(login.getClientNote(Constants.KC_ACTION))
                .map(asked -> new RequestedChange(asked.split(":", 2)[0]));
    }

    /** What the customer must show for it, at the risk of the login, or of the cookie, that it comes with. */
    // JP25-1
    Requirement requirement(Checkpoint checkpoint, Subject subject, Carried decision) {
        return ofCredentials() && decision.enforced()
                ? Requirement.max(
                        Requirement.STRONGEST_FACTOR,
                        checkpoint.requirement(subject, Operation.CREDENTIAL_CHANGE, decision.level()))
                : Requirement.STRONGEST_FACTOR;
    }

    boolean ofCredentials() {
        return OF_CREDENTIALS.contains(action);
    }

    boolean ofEnrolment() {
        return action.equals(ENROLMENT);
    }
}
