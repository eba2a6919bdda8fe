package jp.sekisho.authenticators.tradingpassword;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.authenticators.credential.TradingPassword;
import jp.sekisho.authenticators.login.StatelessAction;
import jp.sekisho.authenticators.password.TradingPasswordRules;
import jp.sekisho.checkpoint.lock.GuardTrace;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.tradingpassword.TradingPasswords;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.tradingpassword.Setting;
import jp.sekisho.policies.tradingpassword.TradingPasswordPolicy;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A trading password is set, or set anew, by who has just shown a passkey, or has just been identified; a mail leads nowhere
 * here. Who has a login password types it as well: only so can the two be compared.
 */
// FFAJ-1.3-B1, FFAJ-1.4-S1
public final class TradingPasswordAction extends StatelessAction {

    public static final String ID = TradingPassword.ID;

    private static final String PAGE = "sekisho-trading-password.ftl";
    private static final String REFUSED = "sekisho-trading-password-refused.ftl";
    private static final String LOGIN_PASSWORD = "password";
    private static final String NEW = "password-new";
    private static final String CONFIRMATION = "password-confirm";

    /** Who is to have one is asked by staff, or by an app. */
    public TradingPasswordAction() {
        super(ID, "Sekisho: set the trading password");
    }

    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        Optional<RealmPolicy> policy = policy(context);
        if (policy.isEmpty()) {
            context.ignore();
            return;
        }
        Setting setting = setting(context, policy.get());
        if (setting == Setting.ALLOWED) {
            context.challenge(page(context, policy.get(), context.form()));
        } else if (askedByApp(context)) {
            context.challenge(refusal(context, policy.get(), setting));
        } else {
            // He comes in without, and is asked again.
            context.ignore();
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        RealmPolicy policy = policy(context).orElseThrow(() -> new IllegalStateException("the policy was removed"));
        Setting setting = setting(context, policy);
        if (setting != Setting.ALLOWED) {
            // The time of what was shown was up meanwhile.
            refuse(context, policy, setting);
            return;
        }
        Optional<FormMessage> fault = fault(context, policy);
        if (fault.isPresent()) {
            context.getEvent().clone().user(context.getUser()).error(Errors.PASSWORD_REJECTED);
            context.challenge(page(context, policy, context.form().addError(fault.get())));
            return;
        }
        TradingPassword.of(context.getSession()).set(context.getRealm(), context.getUser(), typed(context, NEW));
        // Keycloak fires it for an action that succeeds.
        context.getEvent().event(EventType.UPDATE_CREDENTIAL).detail(Details.CREDENTIAL_TYPE, Attempt.TRADING_PASSWORD);
        context.success();
    }

    private static void refuse(RequiredActionContext context, RealmPolicy policy, Setting setting) {
        if (askedByApp(context)) {
            context.challenge(refusal(context, policy, setting));
        } else {
            context.failure();
        }
    }

    private static Optional<FormMessage> fault(RequiredActionContext context, RealmPolicy policy) {
        String password = typed(context, NEW);
        if (password.isBlank()) {
            return Optional.of(new FormMessage(NEW, "sekisho-trading-password-missing"));
        }
        if (!password.equals(typed(context, CONFIRMATION))) {
            return Optional.of(new FormMessage(CONFIRMATION, "sekisho-trading-password-unequal"));
        }
        return TradingPasswordRules.of(context.getSession(), policy)
                .refusal(context.getUser(), NEW, password)
                .or(() -> hasLoginPassword(context) ? compared(context, password) : Optional.empty());
    }

    /** The login password is counted as everywhere. */
    private static Optional<FormMessage> compared(RequiredActionContext context, String password) {
        String login = typed(context, LOGIN_PASSWORD);
        if (!context.getUser().credentialManager().isValid(UserCredentialModel.password(login))) {
            boolean stopped = GuardTrace.of(context.getSession()).refused().isPresent();
            return Optional.of(new FormMessage(
                    LOGIN_PASSWORD,
                    stopped ? "sekisho-trading-password-login-stopped" : "sekisho-trading-password-login-wrong"));
        }
        return TradingPasswordRules.likeness(NEW, password, login);
    }

    private static Response page(RequiredActionContext context, RealmPolicy policy, LoginFormsProvider form) {
        TradingPasswordPolicy rules = policy.profile().tradingPassword();
        return form.setAttribute("contact", policy.contact())
                .setAttribute("change", TradingPasswords.has(context.getUser()))
                .setAttribute("loginPassword", hasLoginPassword(context))
                .setAttribute("length", rules.length())
                .setAttribute("composition", rules.composition())
                .setAttribute("mayCancel", askedByApp(context))
                .createForm(PAGE);
    }

    private static Response refusal(RequiredActionContext context, RealmPolicy policy, Setting setting) {
        return context.form()
                .setAttribute("contact", policy.contact())
                .setAttribute("why", setting == Setting.HELD ? "held" : "unproven")
                .createForm(REFUSED);
    }

    private static boolean hasLoginPassword(RequiredActionContext context) {
        return context.getUser().credentialManager().isConfiguredFor(PasswordCredentialModel.TYPE);
    }

    private static boolean askedByApp(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        return ID.equals(login.getClientNote(Constants.KC_ACTION_EXECUTING))
                && login.getClientNote(Constants.KC_ACTION_ENFORCED) == null;
    }

    private static String typed(RequiredActionContext context, String field) {
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        return Optional.ofNullable(form.getFirst(field)).orElse("");
    }

    private static Setting setting(RequiredActionContext context, RealmPolicy policy) {
        return TradingPasswords.of(context.getSession(), context.getRealm(), policy)
                .setting(context.getUser(), context.getAuthenticationSession());
    }

    private static Optional<RealmPolicy> policy(RequiredActionContext context) {
        return RealmPolicies.of(context.getSession(), context.getRealm());
    }
}
