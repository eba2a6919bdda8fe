package jp.sekisho.authenticators.profile;

import java.util.Optional;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.stepup.StepUp;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdateProfile;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Has the stock id: who the customer is stands there in full, so it waits for a login in which more than a password was shown. */
// FFAJ-1.5-S1
public final class ProfileOnceShown extends UpdateProfile {

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (opens(context)) {
            super.requiredActionChallenge(context);
        } else {
            context.ignore();
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (opens(context)) {
            super.processAction(context);
        } else {
            context.challenge(new Pages(policy(context).orElseThrow())
                    .prepare(context.form())
                    .createForm("sekisho-refused.ftl"));
        }
    }

    private static boolean opens(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        return policy(context).isEmpty()
                || StepUp.USUAL.reached(
                        login,
                        // The user session takes the id of the root authentication session.
                        Optional.ofNullable(context.getSession()
                                .sessions()
                                .getUserSession(
                                        context.getRealm(),
                                        login.getParentSession().getId())));
    }

    private static Optional<RealmPolicy> policy(RequiredActionContext context) {
        return RealmPolicies.of(context.getSession(), context.getRealm());
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return this;
    }

    /** Above stock: of two factories with one id the higher one serves. */
    @Override
    public int order() {
        return 1;
    }
}
