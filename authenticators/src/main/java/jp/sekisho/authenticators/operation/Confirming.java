package jp.sekisho.authenticators.operation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.authenticators.login.StrongestFactor;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.admission.Admission;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.operation.Confirmations;
import jp.sekisho.checkpoint.operation.Confirmations.Shown;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.passkey.PasskeyFacts;
import jp.sekisho.policies.passkey.PasskeyRule;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** One request of one customer who is logged in, about an operation that he is to confirm. Who he is is asked once. */
final class Confirming {

    final AuthenticationFlowContext context;
    final RealmPolicy policy;
    final UserModel user;
    final Confirmations confirmations;

    Confirming(AuthenticationFlowContext context, RealmPolicy policy) {
        this.context = context;
        this.policy = policy;
        this.user = context.getUser();
        this.confirmations = Confirmations.of(context.getSession(), context.getRealm(), policy);
    }

    Optional<RequestedOperation> asked() {
        return RequestedOperation.of(context.getAuthenticationSession());
    }

    /** What there is to confirm; where there is nothing, the request is answered. */
    Optional<Shown> open() {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (!Admission.granted(login, user.getId()) || new Walk(context).begunElsewhere() || signedOut(login)) {
            context.resetFlow();
            return Optional.empty();
        }
        Optional<RequestedOperation> asked = asked();
        if (asked.isEmpty()) {
            refuse("incomplete");
            return Optional.empty();
        }
        Optional<Shown> shown = confirmations.forConfirmation(
                asked.get().id(),
                user,
                login.getClient(),
                login.getParentSession().getId());
        if (shown.isEmpty()) {
            refuse("not-to-be-confirmed");
        } else if (locked(shown.get())) {
            refuse("locked");
            return Optional.empty();
        }
        return shown;
    }

    /** He came by the cookie of a session that is over by now. */
    private boolean signedOut(AuthenticationSessionModel login) {
        if (login.getAuthNote(AuthenticationManager.SSO_AUTH) == null) {
            return false;
        }
        UserSessionModel living = context.getSession()
                .sessions()
                .getUserSession(context.getRealm(), login.getParentSession().getId());
        return living == null
                || !AuthenticationManager.isSessionValid(context.getRealm(), living)
                || !user.getId().equals(living.getUser().getId());
    }

    private boolean locked(Shown shown) {
        return Guard.of(context.getSession(), context.getRealm(), policy)
                .locked(customer(), shown.operation().what().type());
    }

    String customer() {
        return Customers.pseudonym(context.getSession(), context.getRealm(), user);
    }

    /** What he is asked for, as at a login by the strongest that he holds; empty where that does not do. */
    // FFAJ-1.4-S1, FFAJ-1.4-S2
    Set<Factor> required(Shown shown) {
        return StrongestFactor.of(
                        context.getSession(),
                        context.getRealm(),
                        user,
                        shown.operation().decided().requirement())
                .map(policy.profile().operations()::confirmedBy)
                .orElse(Set.of());
    }

    /** Why the passkey that he showed does not do. */
    Optional<String> unfit(Shown shown, List<PasskeyFacts> all, List<PasskeyFacts> now) {
        boolean provisional = Passkeys.of(context.getSession(), context.getRealm())
                .provisionalUntil(customer(), () -> now)
                .isPresent();
        if (provisional) {
            return Optional.of("sekisho-confirm-provisional");
        }
        PasskeyRule rule = policy.profile().passkeyRule(shown.operation().what().type());
        // Whatever the realm asks of logins: who only found the device confirms nothing.
        boolean satisfied = now.stream().allMatch(PasskeyFacts::userVerified)
                && rule.satisfiedBy(rule == PasskeyRule.SECOND ? all : now);
        return satisfied ? Optional.empty() : Optional.of("sekisho-passkey-another");
    }

    void refuse(String why) {
        back(LoginProtocol.Error.LOA_INVALID, Errors.ACCESS_DENIED, why);
    }

    /** To the app, without a code. */
    void back(LoginProtocol.Error error, String event, String why) {
        context.getEvent().user(user).detail("sekisho_confirmation", why).error(event);
        AuthenticationSessionModel login = context.getAuthenticationSession();
        LoginProtocol protocol = context.getSession()
                .getProvider(LoginProtocol.class, login.getProtocol())
                .setRealm(context.getRealm())
                .setHttpHeaders(context.getHttpRequest().getHttpHeaders())
                .setUriInfo(context.getUriInfo())
                .setEventBuilder(context.getEvent());
        context.forceChallenge(protocol.sendError(login, error, why));
    }
}
