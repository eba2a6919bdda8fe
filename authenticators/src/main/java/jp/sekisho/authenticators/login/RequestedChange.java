package jp.sekisho.authenticators.login;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.sekisho.authenticators.identity.PostalCodeAction;
import jp.sekisho.authenticators.offer.CredentialOfferAction;
import jp.sekisho.authenticators.tradingpassword.TradingPasswordAction;
import jp.sekisho.checkpoint.decision.Carried;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.requiredactions.DeleteCredentialAction;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.models.Constants;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What a customer is asked to do with his account in this login: by an application ({@code kc_action}), or by staff, who set
 * an action that is required of him.
 *
 * @param action the id of its provider
 */
record RequestedChange(String action) {

    private static final String ENROLMENT = WebAuthnPasswordlessRegisterFactory.PROVIDER_ID;
    private static final String LOCALE = "update_user_locale";
    private static final Set<String> OF_CREDENTIALS = Set.of(
            UserModel.RequiredAction.UPDATE_PASSWORD.name(),
            UserModel.RequiredAction.CONFIGURE_TOTP.name(),
            UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name(),
            WebAuthnRegisterFactory.PROVIDER_ID,
            DeleteCredentialAction.PROVIDER_ID,
            TradingPasswordAction.ID,
            ENROLMENT);

    /** Binds, shows or changes what a password alone does not. Which passkeys are enrolled is judged where they are. */
    private static final Set<String> BEYOND_A_PASSWORD = Set.of(
            UserModel.RequiredAction.CONFIGURE_TOTP.name(),
            UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name(),
            UserModel.RequiredAction.UPDATE_PROFILE.name(),
            UserModel.RequiredAction.UPDATE_EMAIL.name(),
            WebAuthnRegisterFactory.PROVIDER_ID,
            TradingPasswordAction.ID,
            CredentialOfferAction.ID);

    /** Changes nothing that anybody could log in with, or takes a code that only the customer gets. */
    private static final Set<String> HARMLESS = Set.of(
            UserModel.RequiredAction.TERMS_AND_CONDITIONS.name(),
            UserModel.RequiredAction.VERIFY_EMAIL.name(),
            LOCALE,
            PostalCodeAction.ID);

    static Optional<RequestedChange> of(AuthenticationSessionModel login) {
        // Some carry what they are about behind a colon.
        return Optional.ofNullable(login.getClientNote(Constants.KC_ACTION))
                .map(asked -> new RequestedChange(asked.split(":", 2)[0]));
    }

    /** Of those that are required of him, what Keycloak would run and is not harmless; what nobody knows may change anything. */
    static Stream<RequestedChange> required(RealmModel realm, UserModel user, AuthenticationSessionModel login) {
        return Stream.concat(user.getRequiredActionsStream(), login.getRequiredActions().stream())
                .distinct()
                .map(realm::getRequiredActionProviderByAlias)
                .filter(action -> action != null && action.isEnabled())
                .map(action -> new RequestedChange(action.getProviderId()))
                .filter(change -> !HARMLESS.contains(change.action()));
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

    boolean beyondAPassword() {
        return BEYOND_A_PASSWORD.contains(action);
    }

    boolean ofCredentials() {
        return OF_CREDENTIALS.contains(action);
    }

    boolean ofEnrolment() {
        return action.equals(ENROLMENT);
    }
}
