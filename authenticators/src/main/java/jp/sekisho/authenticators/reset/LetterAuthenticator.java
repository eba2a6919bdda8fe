package jp.sekisho.authenticators.reset;

import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.authenticators.login.Step;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.freeze.Tries;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.passkey.SessionVouching;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.freeze.Freeze.Approval;
import jp.sekisho.policies.freeze.Rebind;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The code that a customer got from the firm, by a letter to his registered address or at a branch where he was identified.
 * It opens nothing but the page where he binds a new credential: his account, once officers approved his thaw, or his first
 * passkey. Whoever has none learns nothing here.
 */
// JP25-1, JP25-8
public final class LetterAuthenticator implements Step {

    private static final String CODE = "code";

    /** From one source; a code has few tries, and they are not one stranger's to use up. */
    private static final int TRIES = 3;

    private static final Duration WINDOW = Duration.ofHours(1);

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
        Tries tries = Tries.of(context.getSession(), context.getRealm(), "letter", WINDOW);
        String source = addresses
                .of(context.getSession())
                .present()
                .map(ClientAddress::source)
                .orElse(Tries.NOWHERE);
        if (tries.so(source) >= TRIES || !bound(context, policy, asking, typed)) {
            tries.count(source);
            wrong(context, policy, asking);
        }
    }

    /** @return whether the code was right, and the customer is on his way */
    private static boolean bound(AuthenticationFlowContext context, RealmPolicy policy, Asking asking, String typed) {
        if (asking.user().isEmpty()) {
            return false;
        }
        if (asking.walk().frozenForChange()) {
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
            enrols(context, asking.walk(), Vouching.RECOVERY, "reopening");
        }
        context.success();
    }

    /** A new passkey and nothing else: what an application asked for waits for a login. */
    static void enrols(AuthenticationFlowContext context, Walk walk, Vouching vouching, String what) {
        walk.conclude(0, Result.ADMITTED, Optional.of(what));
        walk.tell(context.getEvent(), walk.decision().orElseThrow());
        AuthenticationSessionModel login = context.getAuthenticationSession();
        SessionVouching.begin(login, vouching);
        Hold.begin(login, walk.now().plus(Hold.USUAL));
        Walk.refuseRequestedAction(login);
        login.addRequiredAction(WebAuthnPasswordlessRegisterFactory.PROVIDER_ID);
        // The customer logs in with the new passkey like anybody.
        login.setAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS, "true");
    }

    private static void wrong(AuthenticationFlowContext context, RealmPolicy policy, Asking asking) {
        Walk walk = asking.walk();
        walk.conclude(0, Result.FAILED, Optional.of("letter"));
        walk.tell(context.getEvent(), walk.decision().orElseThrow());
        asking.user().ifPresent(context.getEvent()::user);
        context.getEvent().error(Errors.INVALID_USER_CREDENTIALS);
        context.failureChallenge(
                AuthenticationFlowError.INVALID_CREDENTIALS,
                page(context, policy, Optional.of(new FormMessage(CODE, "sekisho-letter-wrong"))));
    }

    private static Response page(AuthenticationFlowContext context, RealmPolicy policy, Optional<FormMessage> error) {
        LoginFormsProvider form = new Pages(policy).prepare(context.form());
        error.ifPresent(form::addError);
        return form.createForm("sekisho-letter.ftl");
    }
}
