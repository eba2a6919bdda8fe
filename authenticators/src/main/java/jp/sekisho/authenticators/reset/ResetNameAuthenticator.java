package jp.sekisho.authenticators.reset;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.authenticators.login.Refusals;
import jp.sekisho.authenticators.login.Step;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.decision.Assessment;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.source.SourcePolicy.Standing;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Who forgot his password types his name. Judged and answered alike for every name: nobody learns who is a customer, and the
 * flow itself does not know the customer before he has shown something.
 */
// FFAJ-3-S1
public final class ResetNameAuthenticator implements Step {

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        policy(context)
                .ifPresentOrElse(
                        policy -> context.challenge(page(context, policy, Optional.empty())), context::attempted);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        RealmPolicy policy = policy(context).orElseThrow(() -> new IllegalStateException("the policy was removed"));
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        String name = Optional.ofNullable(form.getFirst(AuthenticationManager.FORM_USERNAME))
                .map(String::strip)
                .orElse("");
        if (name.isEmpty()) {
            context.failureChallenge(
                    AuthenticationFlowError.INVALID_USER,
                    page(context, policy, Optional.of("sekisho-reset-name-missing")));
            return;
        }
        context.clearUser();
        context.getEvent().detail(Details.USERNAME, name);
        Asking asking = Asking.begin(context, policy, name);
        Walk walk = asking.walk();
        walk.begin();
        Assessment assessment = walk.checkpoint().assess(walk.subject(), Operation.CREDENTIAL_CHANGE);
        if (assessment.source() == Standing.HOSTILE) {
            new Refusals(context, policy, walk).source(assessment);
        } else if (assessment.decision().enforced() && assessment.decision().requirement() == Requirement.REFUSED) {
            refuse(context, policy, walk, assessment);
        } else {
            walk.decided(assessment);
            if (form.containsKey("letter")) {
                asking.withLetter();
                walk.pending();
                context.success();
            } else if (form.containsKey("passkey")) {
                asking.forPasskey();
                walk.pending();
                context.success();
            } else if (asking.mail(assessment)) {
                walk.pending();
                context.success();
            }
        }
    }

    private static void refuse(
            AuthenticationFlowContext context, RealmPolicy policy, Walk walk, Assessment assessment) {
        walk.checkpoint().record(assessment, Set.of(), Result.REFUSED, Optional.of("password-reset"));
        walk.tell(context.getEvent(), assessment);
        context.getEvent().error(Errors.ACCESS_DENIED);
        context.forceChallenge(new Pages(policy).prepare(context.form()).createForm("sekisho-reset-refused.ftl"));
    }

    private static Response page(AuthenticationFlowContext context, RealmPolicy policy, Optional<String> error) {
        LoginFormsProvider form = new Pages(policy).prepare(context.form());
        error.ifPresent(key -> form.addError(new FormMessage("username", key)));
        return form.createForm("sekisho-reset-name.ftl");
    }

    private static Optional<RealmPolicy> policy(AuthenticationFlowContext context) {
        return RealmPolicies.of(context.getSession(), context.getRealm());
    }
}
