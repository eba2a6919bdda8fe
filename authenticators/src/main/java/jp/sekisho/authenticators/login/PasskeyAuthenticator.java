package jp.sekisho.authenticators.login;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.WebAuthnConstants;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.WebAuthnPasswordlessAuthenticator;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.messages.Messages;

/** Asks for the customer's passkey, and says why. What fails is recorded, and the customer may try again. */
// JP25-1
public final class PasskeyAuthenticator extends WebAuthnPasswordlessAuthenticator {

    PasskeyAuthenticator(KeycloakSession session) {
        super(session);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = policy(context);
        if (policy.isEmpty()) {
            super.authenticate(context);
            return;
        }
        if (context.getUser() != null) {
            new Walk(context).ensureDecided();
        }
        page(context, policy.get(), Optional.empty());
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = policy(context);
        if (policy.isEmpty()) {
            super.action(context);
            return;
        }
        Walk walk = new Walk(context);
        walk.decision().ifPresent(decision -> walk.tell(context.getEvent(), decision));
        if (locked(context, policy.get(), walk)) {
            new Refusals(context, policy.get()).locked(new Refused(Refusal.LOCK, Optional.empty()));
            return;
        }
        if (walk.decision().isPresent() && walk.frozen(walk.subject())) {
            new Refusals(context, policy.get()).frozen();
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey("cancel") || form.containsKey(WebAuthnConstants.USER_HANDLE)) {
            super.action(context);
            if (context.getStatus() == FlowStatus.SUCCESS && context.getUser() != null) {
                another(context, policy.get(), walk);
            }
        } else {
            // Stock goes on to other ways then; there is none.
            setErrorResponse(context, Messages.WEBAUTHN_ERROR_API_GET, "Missing compulsory webauthn parameters");
        }
    }

    /** A right passkey that is not the one that the policy asks for. */
    private void another(AuthenticationFlowContext context, RealmPolicy policy, Walk walk) {
        if (walk.decision().isPresent() && !walk.rightPasskey(policy)) {
            if (walk.holdsFurtherPasskey()) {
                page(context, policy, Optional.of("sekisho-passkey-another"));
            } else if (!walk.changeWaits(policy)) {
                new Refusals(context, policy).insufficient("passkey-rule");
            }
        }
    }

    /** No counter stands before a passkey, so nothing else refuses it where a lock began since the password. */
    private static boolean locked(AuthenticationFlowContext context, RealmPolicy policy, Walk walk) {
        return walk.decision().isPresent()
                && Guard.of(context.getSession(), context.getRealm(), policy)
                        .locked(walk.subject().customer(), Operation.LOGIN);
    }

    /** Who the customer is was found out before: a name in this form says nothing. */
    @Override
    protected boolean validateUsername(
            AuthenticationFlowContext context, MultivaluedMap<String, String> form, String name) {
        return context.getUser() != null || super.validateUsername(context, form, name);
    }

    /** Our page instead of the stock one: with the contact point, and a new challenge for another try. */
    // FFAJ-5.1-S1
    @Override
    protected void setErrorResponse(AuthenticationFlowContext context, String error, String detail) {
        Optional<RealmPolicy> policy = policy(context);
        if (policy.isEmpty()) {
            super.setErrorResponse(context, error, detail);
            return;
        }
        // Where an operator's own flow begins with this step, nobody is known and nothing decided.
        if (context.getUser() != null) {
            Walk walk = new Walk(context);
            walk.ensureDecided();
            walk.conclude(0, Result.FAILED, Optional.of("passkey"));
            context.getEvent().user(context.getUser());
        }
        context.getEvent()
                .detail(WebAuthnConstants.AUTH_ERR_LABEL, error)
                .detail(WebAuthnConstants.AUTH_ERR_DETAIL_LABEL, detail)
                .error(Errors.INVALID_USER_CREDENTIALS);
        page(context, policy.get(), Optional.of("sekisho-passkey-failed"));
    }

    private void page(AuthenticationFlowContext context, RealmPolicy policy, Optional<String> error) {
        LoginFormsProvider form = fillContextForm(context);
        if (form == null) {
            // The customer's last passkey was removed meanwhile, and nothing weaker takes its place.
            new Refusals(context, policy).insufficient("no-factor");
            return;
        }
        error.ifPresent(form::setError);
        Response page = new Pages(policy)
                .withReasons(form, new Walk(context).decision())
                .createForm("sekisho-passkey.ftl");
        if (error.isPresent()) {
            context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, page);
        } else {
            context.challenge(page);
        }
    }

    private static Optional<RealmPolicy> policy(AuthenticationFlowContext context) {
        return RealmPolicies.of(context.getSession(), context.getRealm());
    }
}
