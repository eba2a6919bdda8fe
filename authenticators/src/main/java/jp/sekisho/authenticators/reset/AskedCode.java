package jp.sekisho.authenticators.reset;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.authenticators.login.MailCodeAuthenticator;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.authenticators.login.Step;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.code.CodePurpose;
import jp.sekisho.checkpoint.code.MailCodes;
import jp.sekisho.checkpoint.code.Verdict;
import jp.sekisho.checkpoint.decision.Carried;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.factor.ShownFactors;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.factor.Factor;
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
 * stands in his way: nobody learns from it who is locked, nor who is a customer.
 */
// JP25-6, FFAJ-1.2-S3
abstract class AskedCode implements Step {

    private final CodePurpose purpose;

    AskedCode(CodePurpose purpose) {
        this.purpose = purpose;
    }

    /** The code was right. */
    abstract void right(AuthenticationFlowContext context, RealmPolicy policy, Asking asking);

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        RealmPolicy policy = policy(context).orElseThrow(() -> new IllegalStateException("the policy was removed"));
        Asking asking = Asking.again(context, policy, purpose);
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
            walk.conclude(0, Result.FAILED, Optional.of(purpose.word() + "-code"));
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

    /** The flow goes on, and from here on it is this user's tab. */
    static void passed(AuthenticationFlowContext context, UserModel user) {
        context.setUser(user);
        ShownFactors.add(context.getAuthenticationSession(), user, MailCodeAuthenticator.CREDENTIAL_TYPE);
        context.success(MailCodeAuthenticator.CREDENTIAL_TYPE);
    }

    static Requirement requirement(Carried decision) {
        return decision.enforced() ? decision.requirement() : Requirement.NOTHING;
    }

    /** What the customer holds besides his mail. */
    static Optional<Factor> strongest(UserModel user) {
        if (user.credentialManager().isConfiguredFor(WebAuthnCredentialModel.TYPE_PASSWORDLESS)) {
            return Optional.of(Factor.PASSKEY);
        }
        return user.credentialManager().isConfiguredFor(OTPCredentialModel.TYPE)
                ? Optional.of(Factor.TOTP)
                : Optional.empty();
    }

    final Response page(AuthenticationFlowContext context, RealmPolicy policy) {
        return form(context, policy).createForm("sekisho-reset-code.ftl");
    }

    private Response wrong(AuthenticationFlowContext context, RealmPolicy policy) {
        return form(context, policy)
                .addError(new FormMessage("code", "sekisho-mail-code-invalid"))
                .createForm("sekisho-reset-code.ftl");
    }

    private LoginFormsProvider form(AuthenticationFlowContext context, RealmPolicy policy) {
        return new Pages(policy).prepare(context.form()).setAttribute("purpose", purpose.word());
    }

    static Optional<RealmPolicy> policy(AuthenticationFlowContext context) {
        return RealmPolicies.of(context.getSession(), context.getRealm());
    }
}
