package jp.sekisho.authenticators.interim;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.interim.Interim;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.interim.Standing;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The page that asks who logged in with a password to register a passkey: at each such login, until he has one. He may put
 * it off as often as the policy says, and each time is counted.
 */
// JP25-4, JP25-5
public final class EnrolPasskey implements RequiredActionProvider {

    private static final String REGISTER = WebAuthnPasswordlessRegisterFactory.PROVIDER_ID;
    private static final String POSTPONED = "sekisho.passkey-postponed";

    /** Asked anew after each step: who gives up the registration half-way stands here again. */
    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        boolean asks = AuthenticatorUtil.getAuthnCredentials(login).contains(PasswordCredentialModel.TYPE)
                && login.getAuthNote(POSTPONED) == null
                && !registers(login, context.getUser())
                && RealmPolicies.of(context.getSession(), context.getRealm())
                        .map(policy -> standing(context, policy).asks())
                        .orElse(false);
        if (asks) {
            login.addRequiredAction(EnrolPasskeyFactory.ID);
        } else {
            login.removeRequiredAction(EnrolPasskeyFactory.ID);
        }
    }

    private static boolean registers(AuthenticationSessionModel login, UserModel user) {
        return login.getRequiredActions().contains(REGISTER)
                || user.getRequiredActionsStream().anyMatch(REGISTER::equals);
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty()) {
            context.success();
            return;
        }
        show(context, policy.get(), Optional.empty());
    }

    private void show(RequiredActionContext context, RealmPolicy policy, Optional<String> error) {
        Standing standing = standing(context, policy);
        if (!standing.asks()) {
            // A passkey was registered in another tab, or an officer exempted him meanwhile.
            context.success();
            return;
        }
        LoginFormsProvider form = context.form();
        error.ifPresent(form::setError);
        Map<String, Object> attributes = new SchedulePage(
                        context.getSession().getContext().resolveLocale(context.getUser()),
                        policy.profile(),
                        now(context),
                        Interim.holdsTotp(context.getUser()))
                .attributes(standing);
        attributes.forEach(form::setAttribute);
        form.setAttribute("contact", policy.contact());
        context.challenge(form.createForm("sekisho-enrol-passkey.ftl"));
    }

    @Override
    public void processAction(RequiredActionContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty()) {
            context.success();
            return;
        }
        String answer = context.getHttpRequest().getDecodedFormParameters().getFirst("answer");
        if ("register".equals(answer)) {
            context.getAuthenticationSession().addRequiredAction(REGISTER);
            context.success();
        } else if ("later".equals(answer)) {
            later(context, policy.get());
        } else {
            show(context, policy.get(), Optional.empty());
        }
    }

    private void later(RequiredActionContext context, RealmPolicy policy) {
        if (interim(context, policy).postpone(customer(context), context.getUser(), now(context))) {
            context.getAuthenticationSession().setAuthNote(POSTPONED, "true");
            context.success();
        } else {
            show(context, policy, Optional.of("sekisho-enrol-no-more"));
        }
    }

    private static Standing standing(RequiredActionContext context, RealmPolicy policy) {
        return interim(context, policy).standing(customer(context), context.getUser(), now(context));
    }

    private static Interim interim(RequiredActionContext context, RealmPolicy policy) {
        return Interim.of(context.getSession(), context.getRealm(), policy);
    }

    /** The database's time. */
    private static Instant now(RequiredActionContext context) {
        return CustomerFile.of(context.getSession(), context.getRealm(), customer(context))
                .now();
    }

    private static String customer(RequiredActionContext context) {
        return Customers.pseudonym(context.getSession(), context.getRealm(), context.getUser());
    }

    @Override
    public void close() {}
}
