package jp.sekisho.authenticators.login;

import java.util.List;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.decision.Assessment;
import jp.sekisho.checkpoint.decision.Carried;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.stepup.StepUp;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.passkey.PasskeyRule;
import jp.sekisho.policies.risk.Level;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * What an application or staff ask a customer to do with his account while he comes by the cookie of his session. It goes on
 * only where the session has just been shown what a login with the same request would ask for; else he logs in anew.
 */
// JP25-1
public final class ChangeByCookie {

    private final AuthenticationFlowContext context;
    private final RealmPolicy policy;
    private final UserSessionModel userSession;
    private final List<RequestedChange> changes;

    public ChangeByCookie(AuthenticationFlowContext context, RealmPolicy policy, UserSessionModel userSession) {
        this.context = context;
        this.policy = policy;
        this.userSession = userSession;
        AuthenticationSessionModel login = context.getAuthenticationSession();
        this.changes = Stream.concat(
                        RequestedChange.of(login).stream(),
                        RequestedChange.required(context.getRealm(), userSession.getUser(), login))
                .distinct()
                .toList();
    }

    public boolean asked() {
        return !changes.isEmpty();
    }

    /** Whether nothing is asked for, or nothing for which the customer would have to show more. */
    public boolean goesOn() {
        return changes.isEmpty() || changes.stream().noneMatch(this::waitsForLogin) && shown();
    }

    /** A passkey may be enrolled in a session that is held; which passkeys were shown in a session nobody knows. */
    private boolean waitsForLogin(RequestedChange change) {
        boolean held = !change.ofEnrolment()
                && Hold.of(context.getSession(), userSession).isPresent();
        boolean certainPasskeys =
                change.ofCredentials() && policy.profile().passkeyRule(Operation.CREDENTIAL_CHANGE) != PasskeyRule.ANY;
        return held || certainPasskeys;
    }

    private boolean shown() {
        Checkpoint checkpoint = context.getSession().getProvider(Checkpoint.class);
        Subject subject = Subject.of(context.getSession(), context.getRealm(), userSession.getUser());
        Assessment now = checkpoint.assess(subject, Operation.LOGIN);
        Carried decision = Carried.of(now, false);
        Requirement required = changes.stream()
                .map(change -> change.requirement(checkpoint, subject, decision))
                .reduce(decision.enforced() ? decision.requirement() : Requirement.NOTHING, Requirement::max);
        boolean possible = required != Requirement.REFUSED && !(decision.enforced() && decision.level() == Level.HIGH);
        return possible
                && StrongestFactor.of(context.getSession(), context.getRealm(), userSession.getUser(), required)
                        .map(factor -> new StepUp(factor.factorClass(), StepUp.USUAL.fresh()))
                        .filter(stepUp ->
                                stepUp.fresh(userSession, now.evidence().at()))
                        .isPresent();
    }
}
