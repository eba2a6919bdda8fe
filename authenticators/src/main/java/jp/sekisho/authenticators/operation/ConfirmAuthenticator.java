package jp.sekisho.authenticators.operation;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.admission.Admission;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.freeze.Disowning;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.operation.Confirmations;
import jp.sekisho.checkpoint.operation.Confirmations.Shown;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.passkey.ShownPasskeys;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.passkey.PasskeyFacts;
import jp.sekisho.policies.passkey.PasskeyRule;
import org.keycloak.WebAuthnConstants;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.WebAuthnPasswordlessAuthenticator;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Who is logged in confirms the operation that his app asks about: he sees what stands in its row, and signs it with one
 * gesture. Where an app asks about none, this step is none.
 */
// JP25-11, FFAJ-1.4-S1
public final class ConfirmAuthenticator extends WebAuthnPasswordlessAuthenticator {

    ConfirmAuthenticator(KeycloakSession session) {
        super(session);
    }

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // Nobody binds a passkey because an app asks about an operation.
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty() || !RequestedOperation.any(context.getAuthenticationSession())) {
            context.success();
            return;
        }
        Confirming confirming = new Confirming(context, policy.get());
        confirming.open().ifPresent(shown -> page(confirming, shown, Optional.empty()));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty() || !RequestedOperation.any(context.getAuthenticationSession())) {
            context.success();
            return;
        }
        Confirming confirming = new Confirming(context, policy.get());
        confirming.open().ifPresent(shown -> answered(confirming, shown));
    }

    private void answered(Confirming confirming, Shown shown) {
        AuthenticationFlowContext context = confirming.context;
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        Optional<ShownOnce> page = ShownOnce.take(
                context.getAuthenticationSession(),
                confirming.user,
                shown.operation().id());
        if (form.containsKey("cancel")) {
            confirming.confirmations.cancel(shown, "customer");
            confirming.back(LoginProtocol.Error.CANCELLED_BY_USER, Errors.REJECTED_BY_USER, "cancelled");
        } else if (form.containsKey("not-mine")) {
            Disowning.of(context.getSession(), context.getRealm(), confirming.policy)
                    .disown(confirming.user, shown);
            confirming.back(LoginProtocol.Error.CANCELLED_BY_USER, Errors.REJECTED_BY_USER, "disowned");
        } else if (page.isPresent() && !page.get().digest().equals(shown.digest())) {
            confirming.confirmations.takeBack(shown, "changed");
            confirming.refuse("changed");
        } else if (page.isEmpty() || !form.containsKey(WebAuthnConstants.USER_HANDLE)) {
            setErrorResponse(context, Messages.WEBAUTHN_ERROR_API_GET, "no answer to what was shown");
        } else {
            signed(confirming, shown, page.get());
        }
    }

    private void signed(Confirming confirming, Shown shown, ShownOnce page) {
        AuthenticationFlowContext context = confirming.context;
        AuthenticationSessionModel login = context.getAuthenticationSession();
        login.setAuthNote(WebAuthnConstants.AUTH_CHALLENGE_NOTE, page.challenge(shown.digest()));
        int before = ShownPasskeys.of(login, confirming.user).size();
        super.action(context);
        if (context.getStatus() != FlowStatus.SUCCESS) {
            return;
        }
        List<PasskeyFacts> all = ShownPasskeys.of(login, confirming.user);
        List<PasskeyFacts> now = all.subList(before, all.size());
        Optional<String> unfit = confirming.unfit(shown, all, now);
        if (unfit.isPresent()) {
            page(confirming, shown, unfit);
        } else if (confirming.confirmations.confirm(shown, List.of(Factor.PASSKEY), now)) {
            Confirmed.keep(login, confirming.asked().orElseThrow(), List.of(Factor.PASSKEY));
            context.getEvent().detail("sekisho_operation", shown.operation().id());
        } else {
            confirming.refuse("ended");
        }
    }

    /** Who he is was found out before: a name in this form says nothing. */
    @Override
    protected boolean validateUsername(
            AuthenticationFlowContext context, MultivaluedMap<String, String> form, String name) {
        return true;
    }

    /** Our page, with a new challenge for another try. */
    @Override
    protected void setErrorResponse(AuthenticationFlowContext context, String error, String detail) {
        context.getEvent()
                .user(context.getUser())
                .detail(WebAuthnConstants.AUTH_ERR_LABEL, error)
                .detail(WebAuthnConstants.AUTH_ERR_DETAIL_LABEL, detail)
                .error(Errors.INVALID_USER_CREDENTIALS);
        Confirming confirming = new Confirming(
                context,
                RealmPolicies.of(context.getSession(), context.getRealm())
                        .orElseThrow(() -> new IllegalStateException("the policy was removed")));
        confirming.open().ifPresent(shown -> page(confirming, shown, Optional.of("sekisho-passkey-failed")));
    }

    private void page(Confirming confirming, Shown shown, Optional<String> error) {
        AuthenticationFlowContext context = confirming.context;
        AuthenticationSessionModel login = context.getAuthenticationSession();
        LoginFormsProvider form = fillContextForm(context);
        // Of a challenge that says nothing of the operation.
        login.removeAuthNote(WebAuthnConstants.AUTH_CHALLENGE_NOTE);
        if (form == null) {
            confirming.refuse("no-passkey");
            return;
        }
        error.ifPresent(form::setError);
        ShownOnce page =
                ShownOnce.begin(login, confirming.user, shown.operation().id(), shown.digest());
        form.setAttribute(WebAuthnConstants.CHALLENGE, page.challenge(shown.digest()));
        form.setAttribute("operation", OperationView.of(shown));
        confirming.confirmations.window(shown).ifPresent(window -> form.setAttribute("minutes", window.toMinutes()));
        Response response = new Pages(confirming.policy).prepare(form).createForm("sekisho-confirm.ftl");
        if (error.isPresent()) {
            context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, response);
        } else {
            context.challenge(response);
        }
    }

    /** One request of one customer who is logged in. Who he is is asked once. */
    private static final class Confirming {

        private final AuthenticationFlowContext context;
        private final RealmPolicy policy;
        private final UserModel user;
        private final Confirmations confirmations;

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
                    .locked(
                            Customers.pseudonym(context.getSession(), context.getRealm(), user),
                            shown.operation().what().type());
        }

        /** Why the passkey that he showed does not do. */
        Optional<String> unfit(Shown shown, List<PasskeyFacts> all, List<PasskeyFacts> now) {
            boolean provisional = Passkeys.of(context.getSession(), context.getRealm())
                    .provisionalUntil(Customers.pseudonym(context.getSession(), context.getRealm(), user), () -> now)
                    .isPresent();
            if (provisional) {
                return Optional.of("sekisho-confirm-provisional");
            }
            PasskeyRule rule =
                    policy.profile().passkeyRule(shown.operation().what().type());
            boolean satisfied = rule.satisfiedBy(rule == PasskeyRule.SECOND ? all : now);
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
}
