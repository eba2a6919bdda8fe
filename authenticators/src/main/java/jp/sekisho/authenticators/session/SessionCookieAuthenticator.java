package jp.sekisho.authenticators.session;

import java.util.Optional;
import jp.sekisho.authenticators.login.ChangeByCookie;
import jp.sekisho.authenticators.operation.RequestedOperation;
import jp.sekisho.checkpoint.decision.SessionLook;
import jp.sekisho.checkpoint.decision.SessionSight;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.session.SessionWatch;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticator;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

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
        AuthResult known =
                AuthenticationManager.authenticateIdentityCookie(context.getSession(), context.getRealm(), true);
        if (known == null || ofAnotherBrowser(context, known.session())) {
            context.attempted();
        } else {
            judge(context, policy.get(), known.session());
        }
    }

    /**
     * The session takes the id of the root authentication session, and Keycloak makes it anew of the identity cookie where that
     * one's cookie is missing. Two that differ were put together: what holds the session would not be found by the login.
     */
    private static boolean ofAnotherBrowser(AuthenticationFlowContext context, UserSessionModel userSession) {
        return !context.getAuthenticationSession().getParentSession().getId().equals(userSession.getId());
    }

    private void judge(AuthenticationFlowContext context, RealmPolicy policy, UserSessionModel userSession) {
        SessionWatch watch = SessionWatch.of(context.getSession(), context.getRealm(), policy);
        SessionSight sight = watch.sight(userSession);
        SessionLook look = watch.byCookie(userSession, sight);
        ChangeByCookie change = new ChangeByCookie(context, policy, userSession);
        if (!look.goesOn()) {
            watch.conclude(userSession, sight, look);
            context.attempted();
        } else if (!change.goesOn()) {
            anew(context, userSession);
        } else {
            goOn(context, userSession);
            if (context.getStatus() == FlowStatus.SUCCESS) {
                Hold.follow(userSession, context.getAuthenticationSession());
                if (!change.asked()) {
                    Hold.changesNothing(context.getAuthenticationSession());
                }
                watch.conclude(userSession, sight, look);
            }
        }
    }

    /**
     * To confirm an operation is asked within the session, and is no level of it: Keycloak would have the customer log in anew for
     * a level that no session has.
     */
    // JP25-11
    private void goOn(AuthenticationFlowContext context, UserSessionModel userSession) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        LoginProtocol protocol = context.getSession().getProvider(LoginProtocol.class, login.getProtocol());
        if (!RequestedOperation.any(login)
                || protocol.requireReauthentication(userSession, login)
                || AuthenticatorUtil.isForkedFlow(login)) {
            super.authenticate(context);
            return;
        }
        context.setUser(userSession.getUser());
        AuthenticatorUtils.updateCompletedExecutions(
                login, userSession, context.getExecution().getId());
        login.setAuthNote(AuthenticationManager.SSO_AUTH, "true");
        context.attachUserSession(userSession);
        context.success();
    }

    /** As where Keycloak asks its customer to confirm who he is. */
    private static void anew(AuthenticationFlowContext context, UserSessionModel userSession) {
        context.setUser(userSession.getUser());
        context.getAuthenticationSession().setAuthNote(AuthenticationManager.FORCED_REAUTHENTICATION, "true");
        context.setForwardedInfoMessage(Messages.REAUTHENTICATE);
        context.attempted();
    }
}
