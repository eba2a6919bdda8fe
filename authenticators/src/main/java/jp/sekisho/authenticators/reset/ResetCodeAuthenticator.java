package jp.sekisho.authenticators.reset;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.authenticators.login.MailCodeAuthenticator;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.authenticators.login.Refusals;
import jp.sekisho.authenticators.login.Step;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.code.MailCodes;
import jp.sekisho.checkpoint.code.Verdict;
import jp.sekisho.checkpoint.decision.Carried;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.factor.ShownFactors;
import jp.sekisho.checkpoint.freeze.Reopening;
import jp.sekisho.checkpoint.interim.Interim;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.passkey.SessionVouching;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.models.utils.FormMessage;

/**
 * The code that was sent to the verified address, if there is one. Only after it the flow knows the customer, and says what
 * stands in his way: nobody learns from it who is locked.
 */
// JP25-6, FFAJ-1.2-S3
public final class ResetCodeAuthenticator implements Step {

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (SessionVouching.enrolsOnly(context.getAuthenticationSession())
                || Reopening.begun(context.getAuthenticationSession())) {
            context.success();
            return;
        }
        policy(context)
                .ifPresentOrElse(
                        policy -> context.challenge(form(context, policy).createForm("sekisho-reset-code.ftl")),
                        context::attempted);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        RealmPolicy policy = policy(context).orElseThrow(() -> new IllegalStateException("the policy was removed"));
        Asking asking = Asking.again(context, policy);
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey("resend")) {
            if (asking.mailAgain()) {
                context.challenge(form(context, policy)
                        .setSuccess("sekisho-reset-code-resent")
                        .createForm("sekisho-reset-code.ftl"));
            }
            return;
        }
        String digits = MailCodes.digits(form.getFirst("code"));
        if (digits.isEmpty()) {
            context.challenge(wrong(context, policy));
            return;
        }
        Verdict verdict = asking.codes().verify(digits);
        if (verdict.passed() && asking.user().isPresent()) {
            right(context, policy, asking);
            return;
        }
        Walk walk = asking.walk();
        if (verdict.refused().isEmpty()) {
            walk.conclude(0, Result.FAILED, Optional.of("reset-code"));
        }
        if (verdict.refused().isPresent() || verdict.began().isPresent()) {
            asking.refuse(verdict);
            return;
        }
        walk.tell(context.getEvent(), walk.decision().orElseThrow());
        asking.user().ifPresent(context.getEvent()::user);
        context.getEvent().error(asking.user().isPresent() ? Errors.INVALID_USER_CREDENTIALS : Errors.USER_NOT_FOUND);
        context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, wrong(context, policy));
    }

    private static void right(AuthenticationFlowContext context, RealmPolicy policy, Asking asking) {
        Walk walk = asking.walk();
        UserModel user = asking.user().orElseThrow();
        if (asking.stopped()) {
            return;
        }
        Guard guard = Guard.of(context.getSession(), context.getRealm(), policy);
        if (guard.locked(walk.subject().customer(), Operation.LOGIN)) {
            // JP25-8: a new password is no unlock.
            new Refusals(context, policy, walk).locked(new Refused(Refusal.LOCK, Optional.empty()));
            return;
        }
        if (!passwordServes(context, policy, walk, user)) {
            asking.stop("no-password");
            return;
        }
        Optional<Factor> other = strongest(user);
        Requirement requirement = requirement(walk.decision().orElseThrow());
        if (requirement == Requirement.PHISHING_RESISTANT && !other.equals(Optional.of(Factor.PASSKEY))) {
            asking.stop("no-factor");
            return;
        }
        walk.ask(other.filter(factor -> requirement != Requirement.NOTHING));
        // From here on it is his tab.
        context.setUser(user);
        ShownFactors.add(context.getAuthenticationSession(), user, MailCodeAuthenticator.CREDENTIAL_TYPE);
        context.success(MailCodeAuthenticator.CREDENTIAL_TYPE);
    }

    /** Where only a passkey lets in, a password is for those who may still use one. */
    // JP25-1, JP25-4, JP25-5
    private static boolean passwordServes(
            AuthenticationFlowContext context, RealmPolicy policy, Walk walk, UserModel user) {
        Requirement usual = policy.profile().requirement(Operation.LOGIN, Level.LOW);
        return usual.compareTo(Requirement.PHISHING_RESISTANT) < 0
                || Interim.of(context.getSession(), context.getRealm(), policy)
                        .permit(walk.subject().customer(), user, walk.now())
                        .isPresent();
    }

    private static Requirement requirement(Carried decision) {
        return decision.enforced() ? decision.requirement() : Requirement.NOTHING;
    }

    /** What the customer holds besides his mail. */
    private static Optional<Factor> strongest(UserModel user) {
        if (user.credentialManager().isConfiguredFor(WebAuthnCredentialModel.TYPE_PASSWORDLESS)) {
            return Optional.of(Factor.PASSKEY);
        }
        return user.credentialManager().isConfiguredFor(OTPCredentialModel.TYPE)
                ? Optional.of(Factor.TOTP)
                : Optional.empty();
    }

    private static LoginFormsProvider form(AuthenticationFlowContext context, RealmPolicy policy) {
        return new Pages(policy).prepare(context.form());
    }

    private static Response wrong(AuthenticationFlowContext context, RealmPolicy policy) {
        return form(context, policy)
                .addError(new FormMessage("code", "sekisho-mail-code-invalid"))
                .createForm("sekisho-reset-code.ftl");
    }

    private static Optional<RealmPolicy> policy(AuthenticationFlowContext context) {
        return RealmPolicies.of(context.getSession(), context.getRealm());
    }
}
