package jp.sekisho.authenticators.login;

import java.util.Optional;
import java.util.Set;
import jp.sekisho.checkpoint.access.Administrators;
import jp.sekisho.checkpoint.decision.Carried;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.factor.FactorClass;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.util.AcrStore;

/**
 * Turns the decision into the one factor that the customer is asked for: the strongest that he holds, never a weaker one
 * instead. The steps that follow in the flow ask for it.
 */
// FFAJ-1.2-B1
public final class DecideAuthenticator implements Step {

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty()) {
            context.success();
            return;
        }
        Walk walk = new Walk(context);
        walk.arrive();
        if (walk.decision().isEmpty()) {
            // The first factor was shown to a step that is not ours.
            walk.decided(walk.checkpoint().assess(walk.subject(), Operation.LOGIN));
        }
        Carried decision = walk.decision().orElseThrow();
        Requirement asked = Requirement.max(
                decision.enforced() ? decision.requirement() : Requirement.NOTHING, requestedByClient(context));
        Requirement ofChanges = Requirement.max(ofRequestedChange(context, walk, decision), ofRequiredChange(context));
        Requirement requirement = Requirement.max(asked, ofChanges);
        Set<Factor> shown = walk.shown();
        if (requirement == Requirement.REFUSED) {
            new Refusals(context, policy.get()).insufficient("refused");
        } else if ((requestedByClient(context) == Requirement.PHISHING_RESISTANT
                        || Administrators.has(context.getUser()))
                && walk.provisionalUntil().isPresent()) {
            // The application, and the firm of its officers, would take it for more than it is worth yet.
            new Refusals(context, policy.get()).insufficient("provisional-passkey");
        } else if (satisfied(requirement, shown)) {
            another(context, policy.get(), walk);
        } else {
            StrongestFactor.of(context.getSession(), context.getRealm(), context.getUser(), requirement)
                    .ifPresentOrElse(
                            factor -> {
                                walk.pending();
                                walk.ask(Optional.of(factor));
                                context.success();
                            },
                            () -> new Refusals(context, policy.get()).insufficient("no-factor"));
        }
    }

    /**
     * What a change asked for together with the login requires; a login with one is no login like any other. Where its
     * customer cannot show that, the change waits, and he logs in as usual.
     */
    // JP25-1
    private static Requirement ofRequestedChange(AuthenticationFlowContext context, Walk walk, Carried decision) {
        Optional<RequestedChange> change = RequestedChange.of(context.getAuthenticationSession());
        if (change.isEmpty()) {
            return Requirement.NOTHING;
        }
        Requirement required = change.get().requirement(walk.checkpoint(), walk.subject(), decision);
        boolean possible = satisfied(required, walk.shown())
                || required != Requirement.PHISHING_RESISTANT
                || StrongestFactor.of(context.getSession(), context.getRealm(), context.getUser(), required)
                        .isPresent();
        if (required == Requirement.REFUSED || !possible) {
            Walk.refuseRequestedAction(context.getAuthenticationSession());
            return Requirement.NOTHING;
        }
        return required;
    }

    /**
     * What staff require of a customer in this login, on his own device too. Who holds nothing that is worth a change is not
     * asked: a mail code would only shut him out, and what matters waits.
     */
    // FFAJ-1.5-S1, JP25-1
    private static Requirement ofRequiredChange(AuthenticationFlowContext context) {
        boolean required = RequestedChange.required(
                        context.getRealm(), context.getUser(), context.getAuthenticationSession())
                .anyMatch(RequestedChange::beyondAPassword);
        return required
                        && StrongestFactor.of(
                                        context.getSession(),
                                        context.getRealm(),
                                        context.getUser(),
                                        Requirement.STRONGEST_FACTOR)
                                .filter(factor -> factor != Factor.MAIL_CODE)
                                .isPresent()
                ? Requirement.STRONGEST_FACTOR
                : Requirement.NOTHING;
    }

    /** Which passkey is a question of the policy, too. */
    private static void another(AuthenticationFlowContext context, RealmPolicy policy, Walk walk) {
        if (walk.rightPasskey(policy)) {
            walk.ask(Optional.empty());
            context.success();
        } else if (walk.holdsFurtherPasskey()) {
            walk.pending();
            walk.ask(Optional.of(Factor.PASSKEY));
            context.success();
        } else if (walk.changeWaits(policy)) {
            walk.ask(Optional.empty());
            context.success();
        } else {
            new Refusals(context, policy).insufficient("passkey-rule");
        }
    }

    private static boolean satisfied(Requirement requirement, Set<Factor> shown) {
        return requirement == Requirement.NOTHING
                || shown.stream().anyMatch(factor -> factor.factorClass().satisfies(FactorClass.PHISHING_RESISTANT));
    }

    /** What the application asks for with {@code acr}, whatever the risk. */
    private static Requirement requestedByClient(AuthenticationFlowContext context) {
        int level = new AcrStore(context.getSession(), context.getAuthenticationSession())
                .getRequestedLevelOfAuthentication(context.getTopLevelFlow());
        if (level == Loa.OPERATION) {
            return Requirement.NOTHING;
        }
        if (level >= Loa.PHISHING_RESISTANT) {
            return Requirement.PHISHING_RESISTANT;
        }
        return level >= Loa.MFA ? Requirement.STRONGEST_FACTOR : Requirement.NOTHING;
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // Only after a refusal: its page leads nowhere.
        authenticate(context);
    }
}
