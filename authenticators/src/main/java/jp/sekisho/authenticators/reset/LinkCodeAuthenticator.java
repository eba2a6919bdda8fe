package jp.sekisho.authenticators.reset;

import java.util.Optional;
import java.util.Set;
import jp.sekisho.authenticators.login.Refusals;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.code.CodePurpose;
import jp.sekisho.checkpoint.decision.Assessment;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.source.SourcePolicy.Standing;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;

/**
 * Who comes from an identity provider for the first time, with the address of a customer: a code goes there, and is typed
 * into the very page that he came to. That proves the address only, so that he then shows the strongest factor that the
 * customer holds, whatever the risk: who is linked can log in from there ever after. An address that no customer has gets the same page.
 */
// JP25-6
public final class LinkCodeAuthenticator extends AskedCode {

    LinkCodeAuthenticator() {
        super(CodePurpose.IDENTITY_LINK);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        policy(context).ifPresentOrElse(policy -> ask(context, policy), context::attempted);
    }

    /** A page that is only loaded again sends nothing. */
    private void ask(AuthenticationFlowContext context, RealmPolicy policy) {
        Walk walk = new Walk(context);
        boolean begun = walk.decision().isPresent()
                && !walk.begunElsewhere()
                && Asking.again(context, policy, CodePurpose.IDENTITY_LINK)
                        .codes()
                        .made();
        if (begun || begin(context, policy)) {
            context.challenge(page(context, policy));
        }
    }

    /** @return whether a code is on its way, to whom there is one */
    private static boolean begin(AuthenticationFlowContext context, RealmPolicy policy) {
        context.clearUser();
        Asking asking = Asking.beginLink(context, policy, address(context));
        Walk walk = asking.walk();
        walk.begin();
        Assessment assessment = walk.checkpoint().assess(walk.subject(), Operation.CREDENTIAL_CHANGE);
        if (assessment.source() == Standing.HOSTILE) {
            new Refusals(context, policy, walk).source(assessment);
            return false;
        }
        if (assessment.decision().enforced() && assessment.decision().requirement() == Requirement.REFUSED) {
            walk.checkpoint().record(assessment, Set.of(), Result.REFUSED, Optional.of("identity-link"));
            walk.tell(context.getEvent(), assessment);
            context.getEvent().error(Errors.ACCESS_DENIED);
            asking.refused();
            return false;
        }
        walk.decided(assessment);
        boolean mailed = asking.mail(assessment);
        if (mailed) {
            walk.pending();
        }
        return mailed;
    }

    private static String address(AuthenticationFlowContext context) {
        return Optional.ofNullable(SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                        context.getAuthenticationSession(), AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE))
                .map(SerializedBrokeredIdentityContext::getEmail)
                .orElse("");
    }

    @Override
    void right(AuthenticationFlowContext context, RealmPolicy policy, Asking asking) {
        Walk walk = asking.walk();
        UserModel user = asking.user().orElseThrow();
        // JP25-8: also where a thaw is under way.
        if (walk.frozenForReset() || !user.isEnabled()) {
            asking.stop(user.isEnabled() ? "frozen" : "disabled");
            return;
        }
        if (asking.locked()) {
            new Refusals(context, policy, walk).locked(new Refused(Refusal.LOCK, Optional.empty()));
            return;
        }
        Optional<Factor> other = strongest(user);
        if (requirement(walk.decision().orElseThrow()) == Requirement.PHISHING_RESISTANT
                && !other.equals(Optional.of(Factor.PASSKEY))) {
            asking.stop("no-factor");
            return;
        }
        walk.ask(other);
        passed(context, user);
    }
}
