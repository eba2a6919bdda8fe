package jp.sekisho.authenticators.login;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.lock.GuardTrace;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.OTPFormAuthenticator;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.forms.login.freemarker.model.TotpLoginBean;

/** Asks for a one-time code of the customer's authenticator app, and says why. The credential provider counts. */
// FFAJ-1.2-B1
public final class OtpFormAuthenticator extends OTPFormAuthenticator {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (RealmPolicies.of(context.getSession(), context.getRealm()).isPresent()) {
            new Walk(context).ensureDecided();
        }
        super.authenticate(context);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        Walk walk = new Walk(context);
        walk.decision().ifPresent(decision -> walk.tell(context.getEvent(), decision));
        super.action(context);
        if (policy.isEmpty() || context.getStatus() == FlowStatus.SUCCESS) {
            return;
        }
        GuardTrace trace = GuardTrace.of(context.getSession());
        Optional<Refusal> lock = trace.began().filter(began -> began != Refusal.THROTTLE);
        if (trace.refused().isPresent()) {
            new Refusals(context, policy.get()).locked(trace.refused().get());
        } else if (trace.tried()) {
            walk.conclude(0, Result.FAILED, Optional.of("otp"));
            lock.ifPresent(new Refusals(context, policy.get())::began);
        }
    }

    @Override
    protected Response challenge(AuthenticationFlowContext context, String error, String field) {
        RealmPolicies.of(context.getSession(), context.getRealm())
                .ifPresent(policy -> new Pages(policy).withReasons(context.form(), new Walk(context).decision()));
        String selected = context.getHttpRequest().getDecodedFormParameters().getFirst("selectedCredentialId");
        context.form()
                .setAttribute(
                        "otpLogin",
                        new TotpLoginBean(context.getSession(), context.getRealm(), context.getUser(), selected));
        return super.challenge(context, error, field);
    }

    @Override
    protected Response createLoginForm(LoginFormsProvider form) {
        return form.createForm("sekisho-otp.ftl");
    }
}
