package jp.sekisho.authenticators.mailaddress;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import jp.sekisho.authenticators.freeze.Frozen;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.authenticators.mailaddress.Codes.Outcome;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.notice.Masking;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.VerifyEmail;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;

/** Has the stock id: the customer's address is verified by a code that he types into this page, not by a link. */
// JP25-6
public final class VerifyEmailByCode extends VerifyEmail {

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty()) {
            super.requiredActionChallenge(context);
        } else if (Frozen.refused(context, policy.get())) {
            return;
        } else if (context.getUser().isEmailVerified()) {
            context.success();
        } else if (context.getUser().getEmail() == null
                || context.getUser().getEmail().isBlank()) {
            context.ignore();
        } else if (codes(context, policy.get()).live()) {
            show(context, policy.get(), Optional.empty());
        } else {
            send(context, policy.get());
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty()) {
            super.processAction(context);
            return;
        }
        if (Frozen.refused(context, policy.get())) {
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey("resend")) {
            send(context, policy.get());
            return;
        }
        UserModel user = context.getUser();
        Outcome outcome = codes(context, policy.get()).verify(form.getFirst("code"));
        if (outcome == Outcome.WRONG) {
            show(context, policy.get(), Optional.of("sekisho-mail-code-invalid"));
        } else if (outcome == Outcome.DONE) {
            user.setEmailVerified(true);
            user.removeRequiredAction(UserModel.RequiredAction.VERIFY_EMAIL);
            context.getEvent().event(EventType.VERIFY_EMAIL).detail(Details.EMAIL, Masking.name(user.getEmail()));
            context.success();
        }
    }

    private static void send(RequiredActionContext context, RealmPolicy policy) {
        Outcome outcome = codes(context, policy).send();
        if (outcome != Outcome.REFUSED) {
            show(
                    context,
                    policy,
                    outcome == Outcome.UNSENT ? Optional.of("sekisho-mail-code-unsent") : Optional.empty());
        }
    }

    /** Of the address that the customer has now: it may have been changed meanwhile. */
    private static Codes codes(RequiredActionContext context, RealmPolicy policy) {
        return new Codes(context, policy, context.getUser().getEmail());
    }

    private static void show(RequiredActionContext context, RealmPolicy policy, Optional<String> error) {
        LoginFormsProvider form = new Pages(policy)
                .prepare(context.form())
                .setAttribute("sent", codes(context, policy).live())
                // FFAJ-1.5-S1
                .setAttribute("maskedEmail", Masking.name(context.getUser().getEmail()));
        error.ifPresent(key -> form.addError(new FormMessage("code", key)));
        context.challenge(form.createForm("sekisho-mail-code.ftl"));
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
