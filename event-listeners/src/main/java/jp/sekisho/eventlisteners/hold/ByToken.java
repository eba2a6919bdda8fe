package jp.sekisho.eventlisteners.hold;

import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.stepup.StepUp;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.factor.FactorClass;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.passkey.PasskeyRule;
import jp.sekisho.policies.risk.Level;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/**
 * A change of credentials at Keycloak's account interface, which asks for a token and no more: a stolen one took a customer's
 * passkeys away. What a login with the same change asks for must have been shown in its session just now.
 */
// JP25-1
final class ByToken {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    ByToken(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    boolean unshown(Event event) {
        return session.getContext().getAuthenticationSession() == null
                && own(event).filter(userSession -> !shown(userSession, event)).isPresent();
    }

    /** In which the customer changes something of himself. */
    private Optional<UserSessionModel> own(Event event) {
        return Optional.ofNullable(session.getContext().getUserSession())
                .filter(userSession -> userSession.getUser().getId().equals(event.getUserId()));
    }

    /** Which passkeys were shown in a session nobody knows. */
    private boolean shown(UserSessionModel userSession, Event event) {
        UserModel user = userSession.getUser();
        String customer = Customers.pseudonym(session, realm, user);
        FactorClass least = ofPasskey(event) || strong(user) ? FactorClass.PHISHING_RESISTANT : FactorClass.OTP;
        return policy.profile().passkeyRule(Operation.CREDENTIAL_CHANGE) == PasskeyRule.ANY
                && new StepUp(least, StepUp.USUAL.fresh())
                        .fresh(
                                userSession,
                                CustomerFile.of(session, realm, customer).now());
    }

    /** It is gone already where the change takes it away. */
    private static boolean ofPasskey(Event event) {
        return event.getDetails() != null
                && WebAuthnCredentialModel.TYPE_PASSWORDLESS.equals(
                        event.getDetails().get(Details.CREDENTIAL_TYPE));
    }

    private boolean strong(UserModel user) {
        Requirement required = session.getProvider(Checkpoint.class)
                .requirement(Subject.of(session, realm, user), Operation.CREDENTIAL_CHANGE, Level.LOW);
        return required == Requirement.PHISHING_RESISTANT
                || user.credentialManager().isConfiguredFor(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                        && !Passkeys.of(session, realm).onlyProvisional(user);
    }
}
