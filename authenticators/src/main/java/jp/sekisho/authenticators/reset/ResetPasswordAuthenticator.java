package jp.sekisho.authenticators.reset;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.authenticators.login.Step;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.freeze.Reopening;
import jp.sekisho.checkpoint.hold.AccountHold;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.passkey.SessionVouching;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.session.SessionEnd;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.freeze.Rebind;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ModelException;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The new password. With it every session ends, and none begins: the customer logs in with it like anybody. No lock is
 * lifted by it.
 */
// JP25-8
public final class ResetPasswordAuthenticator implements Step {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (outdated(context)) {
            context.resetFlow();
            return;
        }
        if (SessionVouching.enrolsOnly(context.getAuthenticationSession())) {
            context.success();
            return;
        }
        policy(context)
                .ifPresentOrElse(
                        policy -> context.challenge(form(context, policy).createForm("sekisho-reset-password.ftl")),
                        context::attempted);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        RealmPolicy policy = policy(context).orElseThrow(() -> new IllegalStateException("the policy was removed"));
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        String password = Optional.ofNullable(form.getFirst("password-new")).orElse("");
        if (outdated(context)) {
            context.resetFlow();
            return;
        }
        if (Asking.again(context, policy).stopped()) {
            return;
        }
        if (password.isBlank()) {
            again(context, policy, new FormMessage("password-new", "missingPasswordMessage"));
        } else if (!password.equals(form.getFirst("password-confirm"))) {
            again(context, policy, new FormMessage("password-confirm", "notMatchPasswordMessage"));
        } else {
            change(context, policy, password);
        }
    }

    /** Who is here now did not walk all of the way: a code of a mail is followed by what else he is asked for. */
    private static boolean outdated(AuthenticationFlowContext context) {
        Walk walk = new Walk(context);
        boolean byCode = walk.shown().contains(Factor.MAIL_CODE);
        return walk.begunElsewhere() || byCode && walk.unasked() || walk.unanswered();
    }

    private static void change(AuthenticationFlowContext context, RealmPolicy policy, String password) {
        UserModel user = context.getUser();
        Walk walk = new Walk(context);
        try {
            user.credentialManager().updateCredential(UserCredentialModel.password(password, false));
        } catch (ModelException refused) {
            again(context, policy, new FormMessage("password-new", refused.getMessage(), refused.getParameters()));
            return;
        }
        AuthenticationSessionModel login = context.getAuthenticationSession();
        Optional<Rebind> rebinds = Reopening.underWay(context.getSession(), context.getRealm(), user)
                ? Reopening.of(context.getSession(), context.getRealm(), policy, user)
                        .completed(login)
                : Optional.empty();
        if (Reopening.begun(login)) {
            // It was frozen anew while he typed: what he typed must not stand.
            context.getSession().getTransactionManager().setRollbackOnly();
            Asking.again(context, policy).stop("frozen");
            return;
        }
        SessionEnd.ofAll(context.getSession(), context.getRealm(), user, context.getEvent());
        user.removeRequiredAction(UserModel.RequiredAction.UPDATE_PASSWORD);
        if (walk.shown().equals(Set.of(Factor.MAIL_CODE))) {
            AccountHold.begin(
                    context.getSession(),
                    context.getRealm(),
                    walk.subject().customer(),
                    walk.now().plus(Hold.USUAL));
        }
        walk.conclude(0, Result.ADMITTED, Optional.of("password-reset"));
        walk.tell(context.getEvent(), walk.decision().orElseThrow());
        context.getEvent()
                .clone()
                .event(EventType.UPDATE_CREDENTIAL)
                .user(user)
                .detail(Details.CREDENTIAL_TYPE, PasswordCredentialModel.TYPE)
                .success();
        if (rebinds.equals(Optional.of(Rebind.PASSWORD_AND_TOTP))) {
            login.addRequiredAction(UserModel.RequiredAction.CONFIGURE_TOTP);
            login.setAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS, "true");
            context.success();
            return;
        }
        startAnew(context.getAuthenticationSession());
        context.forkWithSuccessMessage(new FormMessage("sekisho-reset-done"));
    }

    /** What was shown here is good for one password: the tab that it was shown in knows nobody any more. */
    private static void startAnew(AuthenticationSessionModel login) {
        Optional<String> end = Optional.ofNullable(login.getAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS));
        AuthenticationProcessor.resetFlow(login, LoginActionsService.RESET_CREDENTIALS_PATH);
        end.ifPresent(note -> login.setAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS, note));
    }

    private static void again(AuthenticationFlowContext context, RealmPolicy policy, FormMessage error) {
        context.getEvent().clone().user(context.getUser()).error(Errors.PASSWORD_REJECTED);
        Response page = form(context, policy).addError(error).createForm("sekisho-reset-password.ftl");
        context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, page);
    }

    private static LoginFormsProvider form(AuthenticationFlowContext context, RealmPolicy policy) {
        return new Pages(policy).prepare(context.form());
    }

    private static Optional<RealmPolicy> policy(AuthenticationFlowContext context) {
        return RealmPolicies.of(context.getSession(), context.getRealm());
    }
}
