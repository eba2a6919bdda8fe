package jp.sekisho.authenticators.reset;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.authenticators.login.Step;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.identity.IdentityCodes;
import jp.sekisho.checkpoint.lock.TypedCodes;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;
import jp.sekisho.policies.freeze.Freeze.Approval;
import jp.sekisho.policies.freeze.Rebind;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;

/**
 * The code that a customer got from the firm, by a letter to his registered address or at a branch where he was identified.
 * It opens nothing but the page where he binds a new credential: his account, once officers approved his thaw, or his first
 * passkey. Whoever has none learns nothing here.
 */
// JP25-1, JP25-8
public final class LetterAuthenticator implements Step {

    private static final String CODE = "code";

    private final ClientAddresses addresses;

    LetterAuthenticator(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty() || !Asking.hasLetter(context)) {
            context.success();
        } else {
            context.challenge(page(context, policy.get(), Optional.empty()));
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        RealmPolicy policy = RealmPolicies.of(context.getSession(), context.getRealm())
                .orElseThrow(() -> new IllegalStateException("the policy was removed"));
        Asking asking = Asking.again(context, policy);
        String typed = Optional.ofNullable(
                        context.getHttpRequest().getDecodedFormParameters().getFirst(CODE))
                .orElse("");
        Optional<TypedCodes.Typed> counted = asking.letterTyped(addresses);
        if (counted.isEmpty()) {
            context.challenge(page(context, policy, Optional.of(new FormMessage(CODE, "sekisho-code-wait"))));
        } else if (bound(context, policy, asking, typed)) {
            counted.get().right();
        } else {
            counted.get().wrong();
            asking.wrong("letter", page(context, policy, Optional.of(new FormMessage(CODE, "sekisho-letter-wrong"))));
        }
    }

    /** @return whether the code was right, and the customer is on his way */
    private static boolean bound(AuthenticationFlowContext context, RealmPolicy policy, Asking asking, String typed) {
        if (asking.user().isEmpty()) {
            // Takes as long as for somebody.
            return IdentityCodes.of(context.getSession(), context.getRealm())
                    .redeemWithoutLogin(asking.walk().subject().customer(), typed, nobodys -> false)
                    .isPresent();
        }
        if (asking.walk().frozenForReset()) {
            Optional<Approval> approval = asking.reopening()
                    .flatMap(reopening -> reopening.redeem(context.getAuthenticationSession(), typed));
            approval.ifPresent(right -> reopens(context, asking, right.rebind()));
            return approval.isPresent();
        }
        FirstPasskey first = new FirstPasskey(context, policy, asking);
        return first.redeem(typed);
    }

    private static void reopens(AuthenticationFlowContext context, Asking asking, Rebind rebind) {
        context.setUser(asking.user().orElseThrow());
        if (rebind == Rebind.PASSKEY) {
            asking.admitted("reopening");
            asking.enrols(Vouching.RECOVERY);
        }
        context.success();
    }

    private static Response page(AuthenticationFlowContext context, RealmPolicy policy, Optional<FormMessage> error) {
        LoginFormsProvider form = new Pages(policy).prepare(context.form());
        error.ifPresent(form::addError);
        return form.createForm("sekisho-letter.ftl");
    }
}
