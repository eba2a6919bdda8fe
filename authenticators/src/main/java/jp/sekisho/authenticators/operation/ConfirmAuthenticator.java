package jp.sekisho.authenticators.operation;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.checkpoint.freeze.Disowning;
import jp.sekisho.checkpoint.operation.Confirmations.Shown;
import jp.sekisho.checkpoint.passkey.ShownPasskeys;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.operation.Gesture;
import jp.sekisho.policies.passkey.PasskeyFacts;
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
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.models.credential.dto.WebAuthnCredentialData;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.protocol.LoginProtocol;
import org.keycloak.services.messages.Messages;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Who is logged in confirms the operation that his app asks about: he sees what stands in its row, and signs it with one
 * gesture of his passkey, or types what the profile asks of who holds none. Where an app asks about none, this step is none.
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
        confirming.open().ifPresent(shown -> send(confirming, shown, false));
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
        } else if (form.containsKey("back")) {
            confirming.refuse("not-confirmed");
        } else if (form.containsKey("resend")) {
            send(confirming, shown, true);
        } else if (!confirming.required(shown).contains(Factor.PASSKEY)) {
            typed(confirming, shown, page);
        } else if (page.isEmpty()
                || !form.containsKey(WebAuthnConstants.USER_HANDLE)
                || !PostedGesture.of(form).kept()) {
            setErrorResponse(context, Messages.WEBAUTHN_ERROR_API_GET, "no answer to what was shown");
        } else {
            signed(confirming, shown, page.get());
        }
    }

    /** Shows the page, once a code is on its way where it asks for one. */
    private void send(Confirming confirming, Shown shown, boolean again) {
        Typing typing = new Typing(confirming, shown, confirming.required(shown));
        page(confirming, shown, typing.obstacle().isPresent() ? Optional.empty() : typing.send(again));
    }

    /** The form is that of the page, which showed what the row says now. */
    private void typed(Confirming confirming, Shown shown, Optional<ShownOnce> page) {
        AuthenticationFlowContext context = confirming.context;
        String sent = context.getHttpRequest().getDecodedFormParameters().getFirst("shown");
        Set<Factor> required = confirming.required(shown);
        if (required.isEmpty()
                || !page.filter(once -> once.isShown(sent, shown.digest())).isPresent()) {
            page(confirming, shown, Optional.of(new FormMessage("sekisho-confirm-again")));
            return;
        }
        Optional<FormMessage> fault = new Typing(confirming, shown, required).fault();
        if (fault.isPresent()) {
            wrong(confirming, shown, fault.get());
        } else if (confirm(confirming, shown, required, List.of(), Optional.empty())) {
            context.success();
        }
    }

    private void wrong(Confirming confirming, Shown shown, FormMessage fault) {
        confirming
                .context
                .getEvent()
                .user(confirming.user)
                .detail("sekisho_operation", shown.operation().id())
                .error(Errors.INVALID_USER_CREDENTIALS);
        page(confirming, shown, Optional.of(fault));
    }

    private boolean confirm(
            Confirming confirming,
            Shown shown,
            Set<Factor> factors,
            List<PasskeyFacts> passkeys,
            Optional<Gesture> gesture) {
        List<Factor> all = factors.stream().sorted().toList();
        if (!confirming.confirmations.confirm(shown, all, passkeys, gesture)) {
            confirming.refuse("ended");
            return false;
        }
        Confirmed.keep(
                confirming.context.getAuthenticationSession(),
                confirming.asked().orElseThrow(),
                all);
        confirming
                .context
                .getEvent()
                .detail("sekisho_operation", shown.operation().id());
        return true;
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
            page(confirming, shown, unfit.map(FormMessage::new));
            return;
        }
        Set<Factor> required = confirming.required(shown);
        Typing typing = new Typing(confirming, shown, required);
        Optional<FormMessage> fault = typing.needed() ? typing.fault() : Optional.empty();
        if (fault.isPresent()) {
            wrong(confirming, shown, fault.get());
        } else {
            PostedGesture posted = PostedGesture.of(context.getHttpRequest().getDecodedFormParameters());
            Gesture gesture = posted.verified(page.nonce(), bound(confirming.user));
            confirm(confirming, shown, required, now, Optional.of(gesture));
        }
    }

    private static Stream<WebAuthnCredentialData> bound(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                .map(WebAuthnCredentialModel::createFromCredentialModel)
                .map(WebAuthnCredentialModel::getWebAuthnCredentialData);
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
        confirming
                .open()
                .ifPresent(shown -> page(confirming, shown, Optional.of(new FormMessage("sekisho-passkey-failed"))));
    }

    private void page(Confirming confirming, Shown shown, Optional<FormMessage> fault) {
        AuthenticationFlowContext context = confirming.context;
        AuthenticationSessionModel login = context.getAuthenticationSession();
        Set<Factor> required = confirming.required(shown);
        boolean passkey = required.contains(Factor.PASSKEY);
        LoginFormsProvider form = passkey ? fillContextForm(context) : context.form();
        // Of a challenge that says nothing of the operation.
        login.removeAuthNote(WebAuthnConstants.AUTH_CHALLENGE_NOTE);
        if (required.isEmpty() || form == null) {
            confirming.refuse("no-passkey");
            return;
        }
        Typing typing = new Typing(confirming, shown, required);
        Optional<String> obstacle = typing.obstacle();
        ShownOnce page =
                ShownOnce.begin(login, confirming.user, shown.operation().id(), shown.digest());
        form.setAttribute(WebAuthnConstants.CHALLENGE, page.challenge(shown.digest()));
        form.setAttribute("operation", OperationView.of(shown));
        form.setAttribute("factors", required.stream().map(Factor::name).toList());
        confirming.confirmations.window(shown).ifPresent(window -> form.setAttribute("minutes", window.toMinutes()));
        if (obstacle.isPresent()) {
            form.setAttribute("obstacle", obstacle.get());
        } else {
            typing.show(form);
            fault.ifPresent(message -> form.setError(message.getMessage(), message.getParameters()));
        }
        Response response = new Pages(confirming.policy).prepare(form).createForm("sekisho-confirm.ftl");
        if (fault.isPresent()) {
            context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, response);
        } else {
            context.challenge(response);
        }
    }
}
