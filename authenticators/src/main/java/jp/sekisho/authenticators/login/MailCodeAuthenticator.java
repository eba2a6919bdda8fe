package jp.sekisho.authenticators.login;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.checkpoint.code.CodePurpose;
import jp.sekisho.checkpoint.code.CodeSession;
import jp.sekisho.checkpoint.code.MailCodes;
import jp.sekisho.checkpoint.code.Verdict;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.factor.ShownFactors;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.notice.Masking;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.email.EmailException;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for a code sent to the verified address. Good for this session only.
 */
// JP25-3: an OTP like any other. JP25-6: a code, never a link.
public final class MailCodeAuthenticator implements Step {

    public static final String CREDENTIAL_TYPE = "sekisho-mail-code";

    private static final Logger LOG = LoggerFactory.getLogger(MailCodeAuthenticator.class);

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        policy(context)
                .ifPresentOrElse(
                        policy -> {
                            new Walk(context).ensureDecided();
                            send(context, policy);
                        },
                        context::attempted);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        RealmPolicy policy = policy(context).orElseThrow(() -> new IllegalStateException("the policy was removed"));
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey("resend")) {
            send(context, policy);
        } else {
            verify(context, policy, MailCodes.digits(form.getFirst("code")));
        }
    }

    /** A page that is only loaded again sends nothing: a code that is still good stays good. */
    private void send(AuthenticationFlowContext context, RealmPolicy policy) {
        MailCodes codes = codes(context, policy);
        boolean resend = context.getHttpRequest().getDecodedFormParameters().containsKey("resend");
        if (!resend && codes.live()) {
            context.challenge(page(context, policy, Optional.empty()));
            return;
        }
        Verdict mail = codes.mayMail();
        if (!mail.passed()) {
            refuse(context, policy, mail);
            return;
        }
        String code = codes.draw();
        try {
            codes.mail(context.getUser(), code);
        } catch (EmailException unsent) {
            LOG.error(
                    "realm {}: a login code could not be sent: {}",
                    context.getRealm().getName(),
                    MailCodes.kind(unsent));
            context.challenge(page(context, policy, Optional.of("sekisho-mail-code-unsent")));
            return;
        }
        codes.keep(code);
        LoginFormsProvider form = page(context, policy);
        if (resend) {
            form.setSuccess("sekisho-mail-code-resent");
        }
        context.challenge(form.createForm("sekisho-mail-code.ftl"));
    }

    private void verify(AuthenticationFlowContext context, RealmPolicy policy, String digits) {
        if (digits.isEmpty()) {
            context.challenge(page(context, policy, Optional.of("sekisho-mail-code-invalid")));
            return;
        }
        UserModel user = context.getUser();
        Verdict verdict = codes(context, policy, user).verify(digits);
        if (verdict.passed()) {
            ShownFactors.add(context.getAuthenticationSession(), user, CREDENTIAL_TYPE);
            context.success(CREDENTIAL_TYPE);
            return;
        }
        Walk walk = new Walk(context);
        if (verdict.refused().isEmpty()) {
            walk.conclude(0, Result.FAILED, Optional.of("mail-code"));
        }
        if (verdict.refused().isPresent() || verdict.began().isPresent()) {
            refuse(context, policy, verdict);
            return;
        }
        walk.tell(context.getEvent(), walk.decision().orElseThrow());
        context.getEvent().user(context.getUser()).error(Errors.INVALID_USER_CREDENTIALS);
        context.failureChallenge(
                AuthenticationFlowError.INVALID_CREDENTIALS,
                page(context, policy, Optional.of("sekisho-mail-code-invalid")));
    }

    private static void refuse(AuthenticationFlowContext context, RealmPolicy policy, Verdict verdict) {
        Refusals refusals = new Refusals(context, policy);
        verdict.refused().ifPresent(refusals::locked);
        verdict.began().ifPresent(refusals::began);
    }

    private LoginFormsProvider page(AuthenticationFlowContext context, RealmPolicy policy) {
        // FFAJ-1.5-S1: masked, and only after a right first factor.
        return new Pages(policy)
                .withReasons(context.form(), new Walk(context).decision())
                .setAttribute("sent", codes(context, policy).made())
                .setAttribute("maskedEmail", Masking.name(context.getUser().getEmail()));
    }

    private Response page(AuthenticationFlowContext context, RealmPolicy policy, Optional<String> error) {
        LoginFormsProvider form = page(context, policy);
        error.ifPresent(key -> form.addError(new FormMessage("code", key)));
        return form.createForm("sekisho-mail-code.ftl");
    }

    private static MailCodes codes(AuthenticationFlowContext context, RealmPolicy policy) {
        return codes(context, policy, context.getUser());
    }

    private static MailCodes codes(AuthenticationFlowContext context, RealmPolicy policy, UserModel user) {
        return MailCodes.of(
                context.getSession(),
                context.getRealm(),
                policy,
                CodePurpose.LOGIN,
                CodeSession.of(context.getAuthenticationSession()),
                Customers.pseudonym(context.getSession(), context.getRealm(), user),
                user.getEmail());
    }

    private static Optional<RealmPolicy> policy(AuthenticationFlowContext context) {
        return RealmPolicies.of(context.getSession(), context.getRealm());
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return user.isEmailVerified() && user.getEmail() != null;
    }
}
