package jp.sekisho.authenticators.reset;

import java.util.Optional;
import jp.sekisho.authenticators.login.Refusals;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.code.CodePurpose;
import jp.sekisho.checkpoint.freeze.Reopening;
import jp.sekisho.checkpoint.interim.Interim;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.passkey.SessionVouching;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Level;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.UserModel;

/** The code that a forgotten password is set anew with. */
// JP25-6, FFAJ-1.2-S3
public final class ResetCodeAuthenticator extends AskedCode {

    ResetCodeAuthenticator() {
        super(CodePurpose.PASSWORD_RESET);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        if (SessionVouching.enrolsOnly(context.getAuthenticationSession())
                || Reopening.begun(context.getAuthenticationSession())) {
            context.success();
            return;
        }
        policy(context).ifPresentOrElse(policy -> context.challenge(page(context, policy)), context::attempted);
    }

    @Override
    void right(AuthenticationFlowContext context, RealmPolicy policy, Asking asking) {
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
        passed(context, user);
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
}
