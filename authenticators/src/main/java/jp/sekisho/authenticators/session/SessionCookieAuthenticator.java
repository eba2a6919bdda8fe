package jp.sekisho.authenticators.session;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.authenticators.login.RequestedChange;
import jp.sekisho.checkpoint.decision.SessionLook;
import jp.sekisho.checkpoint.decision.SessionSight;
import jp.sekisho.checkpoint.passkey.ShownPasskeys;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.session.SessionWatch;
import jp.sekisho.checkpoint.stepup.StepUp;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticator;
import org.keycloak.cookie.CookieProvider;
import org.keycloak.cookie.CookieType;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.IDToken;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * Single sign-on by the session's cookie, judged again: whoever brings it from another device, country or browser logs in
 * anew, or ends the session, as the policy says. He is not told whose session it is.
 */
// JP25-11
public final class SessionCookieAuthenticator extends CookieAuthenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty()) {
            super.authenticate(context);
            return;
        }
        // Keycloak sets it when it accepts the cookie.
        Optional<Instant> lastUsed = lastUsed(context);
        AuthResult known =
                AuthenticationManager.authenticateIdentityCookie(context.getSession(), context.getRealm(), true);
        if (known == null || lastUsed.isEmpty() || changesWithLess(context, policy.get(), known.session())) {
            context.attempted();
        } else {
            judge(context, policy.get(), known.session(), lastUsed.get());
        }
    }

    /**
     * A change of credentials that asks for more than the session was opened with begins with a login, where it is judged.
     * Whether a session is good for a new passkey is asked where that is enrolled.
     */
    // JP25-1
    private static boolean changesWithLess(
            AuthenticationFlowContext context, RealmPolicy policy, UserSessionModel userSession) {
        return RequestedChange.of(context.getAuthenticationSession())
                .filter(RequestedChange::ofCredentials)
                .filter(change -> !(change.ofEnrolment() || reaches(policy, userSession))
                        || !ShownPasskeys.satisfied(
                                userSession, policy.profile().passkeyRule(Operation.CREDENTIAL_CHANGE)))
                .isPresent();
    }

    /** What the least risk requires of a change, and never a password alone. */
    private static boolean reaches(RealmPolicy policy, UserSessionModel userSession) {
        return switch (policy.profile().requirement(Operation.CREDENTIAL_CHANGE, Level.LOW)) {
            case REFUSED -> false;
            case PHISHING_RESISTANT -> StepUp.phishingResistant(userSession);
            default -> StepUp.USUAL.reached(userSession);
        };
    }

    private void judge(
            AuthenticationFlowContext context, RealmPolicy policy, UserSessionModel userSession, Instant lastUsed) {
        SessionWatch watch = SessionWatch.of(context.getSession(), context.getRealm(), policy);
        SessionSight sight = watch.sight(userSession);
        SessionLook look = watch.byCookie(userSession, sight, lastUsed);
        if (look.goesOn()) {
            super.authenticate(context);
            if (context.getStatus() == FlowStatus.SUCCESS) {
                watch.conclude(userSession, sight, look);
            }
        } else {
            watch.conclude(userSession, sight, look);
            context.attempted();
        }
    }

    private static Optional<Instant> lastUsed(AuthenticationFlowContext context) {
        KeycloakSession session = context.getSession();
        return Optional.ofNullable(session.getProvider(CookieProvider.class).get(CookieType.IDENTITY))
                .flatMap(SessionCookieAuthenticator::sessionId)
                .map(id -> session.sessions().getUserSession(context.getRealm(), id))
                .map(SessionWatch::lastUsed);
    }

    /** Nothing is believed of it: whether the cookie is genuine is asked afterwards. */
    private static Optional<String> sessionId(String cookie) {
        try {
            return Optional.ofNullable(
                    new JWSInput(cookie).readJsonContent(IDToken.class).getSessionId());
        } catch (JWSInputException garbage) {
            return Optional.empty();
        }
    }
}
