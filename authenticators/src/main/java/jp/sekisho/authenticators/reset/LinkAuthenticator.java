package jp.sekisho.authenticators.reset;

import java.util.Optional;
import java.util.Set;
import jp.sekisho.authenticators.login.Refusals;
import jp.sekisho.authenticators.login.Step;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.admission.LinkAdmission;
import jp.sekisho.checkpoint.code.CodePurpose;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.hold.AccountHold;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.UserModel;

/**
 * The last step before an identity provider is linked: what was asked for was shown, and nothing stopped the customer
 * meanwhile. It lets nobody in: the flow after the provider's login judges that, like any login.
 */
public final class LinkAuthenticator implements Step {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        Walk walk = new Walk(context);
        if (policy.isEmpty()) {
            context.attempted();
        } else if (walk.begunElsewhere() || walk.decision().isEmpty()) {
            context.resetFlow();
        } else {
            link(context, policy.get(), walk);
        }
    }

    private static void link(AuthenticationFlowContext context, RealmPolicy policy, Walk walk) {
        Asking asking = Asking.again(context, policy, CodePurpose.IDENTITY_LINK);
        if (asking.user()
                .map(UserModel::getId)
                .filter(context.getUser().getId()::equals)
                .isEmpty()) {
            context.resetFlow();
        } else if (walk.frozenForReset()) {
            asking.stop("frozen");
        } else if (asking.locked()) {
            new Refusals(context, policy).locked(new Refused(Refusal.LOCK, Optional.empty()));
        } else if (walk.unasked() || walk.unanswered()) {
            asking.stop("factor-not-shown");
        } else if (walk.provisionalUntil().isPresent()) {
            asking.stop("provisional-passkey");
        } else if (!walk.rightPasskeyFor(policy, Operation.CREDENTIAL_CHANGE)) {
            asking.stop("passkey-rule");
        } else {
            if (walk.shown().equals(Set.of(Factor.MAIL_CODE))) {
                AccountHold.begin(
                        context.getSession(),
                        context.getRealm(),
                        walk.subject().customer(),
                        walk.now().plus(Hold.USUAL));
            }
            walk.conclude(0, Result.ADMITTED, Optional.of("identity-link"));
            walk.tell(context.getEvent(), walk.decision().orElseThrow());
            LinkAdmission.grant(context.getAuthenticationSession(), context.getUser());
            walk.handOn();
            context.success();
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // Only after a refusal: its page leads nowhere.
        authenticate(context);
    }
}
