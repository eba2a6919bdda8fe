package jp.sekisho.authenticators.login;

import java.util.Optional;
import java.util.Set;
import jp.sekisho.checkpoint.access.Administrators;
import jp.sekisho.checkpoint.decision.Carried;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.factor.FactorClass;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

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
        if (walk.decision().isEmpty()) {
            // The first factor was shown to a step that is not ours.
            walk.decided(walk.checkpoint().assess(walk.subject(), Operation.LOGIN));
        }
        Carried decision = walk.decision().orElseThrow();
        Requirement asked =
                max(decision.enforced() ? decision.requirement() : Requirement.NOTHING, requestedByClient(context));
        Requirement requirement = max(asked, ofRequestedChange(context, walk, decision));
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
            strongest(context, requirement)
                    .ifPresentOrElse(
                            factor -> {
                                walk.pending();
                                walk.ask(factor);
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
        Requirement required = Requirement.STRONGEST_FACTOR;
        if (change.get().ofCredentials() && decision.enforced()) {
            required = max(
                    required,
                    walk.checkpoint().requirement(walk.subject(), Operation.CREDENTIAL_CHANGE, decision.level()));
        }
        boolean possible = satisfied(required, walk.shown())
                || required != Requirement.PHISHING_RESISTANT
                || strongest(context, required).isPresent();
        if (required == Requirement.REFUSED || !possible) {
            Walk.refuseRequestedAction(context.getAuthenticationSession());
            return Requirement.NOTHING;
        }
        return required;
    }

    /** Which passkey is a question of the policy, too. */
    private static void another(AuthenticationFlowContext context, RealmPolicy policy, Walk walk) {
        if (walk.rightPasskey(policy)) {
            context.success();
        } else if (walk.holdsFurtherPasskey()) {
            walk.pending();
            walk.ask(Factor.PASSKEY);
            context.success();
        } else if (walk.changeWaits(policy)) {
            context.success();
        } else {
            new Refusals(context, policy).insufficient("passkey-rule");
        }
    }

    private static boolean satisfied(Requirement requirement, Set<Factor> shown) {
        return requirement == Requirement.NOTHING
                || shown.stream().anyMatch(factor -> factor.factorClass().satisfies(FactorClass.PHISHING_RESISTANT));
    }

    private static Optional<Factor> strongest(AuthenticationFlowContext context, Requirement requirement) {
        UserModel user = context.getUser();
        boolean passkey = user.credentialManager().isConfiguredFor(WebAuthnCredentialModel.TYPE_PASSWORDLESS);
        if (passkey
                && (requirement == Requirement.PHISHING_RESISTANT
                        || !Passkeys.of(context.getSession(), context.getRealm())
                                .onlyProvisional(user))) {
            return Optional.of(Factor.PASSKEY);
        }
        if (requirement == Requirement.PHISHING_RESISTANT) {
            return Optional.empty();
        }
        if (user.credentialManager().isConfiguredFor(OTPCredentialModel.TYPE)) {
            return Optional.of(Factor.TOTP);
        }
        boolean reachable = user.isEmailVerified() && user.getEmail() != null;
        return reachable ? Optional.of(Factor.MAIL_CODE) : Optional.empty();
    }

    /** What the application asks for with {@code acr}, whatever the risk. */
    private static Requirement requestedByClient(AuthenticationFlowContext context) {
        int level = new AcrStore(context.getSession(), context.getAuthenticationSession())
                .getRequestedLevelOfAuthentication(context.getTopLevelFlow());
        if (level >= Loa.PHISHING_RESISTANT) {
            return Requirement.PHISHING_RESISTANT;
        }
        return level >= Loa.MFA ? Requirement.STRONGEST_FACTOR : Requirement.NOTHING;
    }

    private static Requirement max(Requirement one, Requirement other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        // Only after a refusal: its page leads nowhere.
        authenticate(context);
    }
}
