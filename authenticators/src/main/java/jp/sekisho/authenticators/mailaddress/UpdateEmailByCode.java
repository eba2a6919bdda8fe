package jp.sekisho.authenticators.mailaddress;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.authenticators.freeze.Frozen;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.authenticators.mailaddress.Codes.Outcome;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdateEmail;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.validation.Validation;
import org.keycloak.userprofile.UserProfile;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.userprofile.ValidationException;

/**
 * Has the stock id: the customer types a new address, and then the code that was sent there. Whoever tells of
 * changed addresses tells the old one, too, by the event of this change.
 */
// JP25-6, FFAJ-1.5-S2
public final class UpdateEmailByCode extends UpdateEmail {

    private static final String NEW = "sekisho.mail-address.new";
    private static final Set<String> TAKEN = Set.of(Messages.EMAIL_EXISTS, Messages.USERNAME_EXISTS);

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty() || !isEnabled(context.getRealm())) {
            super.requiredActionChallenge(context);
        } else if (Frozen.refused(context, policy.get())) {
            return;
        } else if (readOnly(context)) {
            context.getUser().removeRequiredAction(UserModel.RequiredAction.UPDATE_EMAIL);
            context.ignore();
        } else if (unchangeable(context)) {
            refuse(context, policy.get());
        } else {
            show(context, policy.get(), Optional.empty());
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty() || !isEnabled(context.getRealm())) {
            super.processAction(context);
            return;
        }
        if (Frozen.refused(context, policy.get())) {
            return;
        }
        if (unchangeable(context)) {
            refuse(context, policy.get());
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey("other")) {
            context.getAuthenticationSession().removeAuthNote(NEW);
            show(context, policy.get(), Optional.empty());
        } else if (form.containsKey(UserModel.EMAIL)) {
            ask(context, policy.get(), form.getFirst(UserModel.EMAIL).strip());
        } else if (asked(context).isEmpty()) {
            show(context, policy.get(), Optional.empty());
        } else if (form.containsKey("resend")) {
            send(context, policy.get(), asked(context).get());
        } else {
            verify(context, policy.get(), form.getFirst("code"));
        }
    }

    private static void ask(RequiredActionContext context, RealmPolicy policy, String address) {
        try {
            validateEmailUpdate(context.getSession(), context.getUser(), address);
        } catch (ValidationException invalid) {
            if (!ofSomebody(invalid)) {
                invalid(context, policy, address, invalid);
                return;
            }
        }
        if (address.isEmpty() || address.equalsIgnoreCase(context.getUser().getEmail())) {
            show(context, policy, Optional.of(new FormMessage(UserModel.EMAIL, "sekisho-email-same")));
            return;
        }
        send(context, policy, address);
    }

    /** Whose an address is already is told to nobody but who reads the code that was sent there. */
    // FFAJ-3-S1
    private static boolean ofSomebody(ValidationException invalid) {
        return invalid.getErrors().stream()
                .map(ValidationException.Error::getMessage)
                .allMatch(TAKEN::contains);
    }

    private static void invalid(
            RequiredActionContext context, RealmPolicy policy, String address, ValidationException invalid) {
        LoginFormsProvider form = new Pages(policy).prepare(context.form());
        Validation.getFormErrorsFromValidation(invalid.getErrors()).forEach(form::addError);
        context.challenge(form.setAttribute("typed", address).createForm("sekisho-email.ftl"));
    }

    private static void send(RequiredActionContext context, RealmPolicy policy, String address) {
        Outcome outcome = new Codes(context, policy, address).send();
        if (outcome == Outcome.DONE) {
            context.getAuthenticationSession().setAuthNote(NEW, address);
            show(context, policy, Optional.empty());
        } else if (outcome == Outcome.UNSENT) {
            show(
                    context,
                    policy,
                    Optional.of(new FormMessage(
                            asked(context).isPresent() ? "code" : UserModel.EMAIL, "sekisho-mail-code-unsent")));
        }
    }

    private static void verify(RequiredActionContext context, RealmPolicy policy, String typed) {
        String address = asked(context).orElseThrow();
        Outcome outcome = new Codes(context, policy, address).verify(typed);
        if (outcome == Outcome.WRONG) {
            show(context, policy, Optional.of(new FormMessage("code", "sekisho-mail-code-invalid")));
        } else if (outcome == Outcome.DONE) {
            change(context, policy, address);
        }
    }

    private static void change(RequiredActionContext context, RealmPolicy policy, String address) {
        KeycloakSession session = context.getSession();
        UserModel user = context.getUser();
        UserProfile profile;
        try {
            profile = validateEmailUpdate(session, user, address);
        } catch (ValidationException taken) {
            context.getAuthenticationSession().removeAuthNote(NEW);
            invalid(context, policy, address, taken);
            return;
        }
        context.getAuthenticationSession().removeAuthNote(NEW);
        updateEmailNow(context.getEvent(), user, profile);
        user.setEmailVerified(true);
        user.removeRequiredAction(UserModel.RequiredAction.VERIFY_EMAIL);
        context.success();
    }

    private static void show(RequiredActionContext context, RealmPolicy policy, Optional<FormMessage> error) {
        LoginFormsProvider form = new Pages(policy).prepare(context.form());
        error.ifPresent(form::addError);
        asked(context).ifPresent(address -> form.setAttribute("newEmail", address));
        context.challenge(form.createForm("sekisho-email.ftl"));
    }

    private static void refuse(RequiredActionContext context, RealmPolicy policy) {
        context.challenge(new Pages(policy).prepare(context.form()).createForm("sekisho-refused.ftl"));
    }

    private static Optional<String> asked(RequiredActionContext context) {
        return Optional.ofNullable(context.getAuthenticationSession().getAuthNote(NEW));
    }

    private static boolean unchangeable(RequiredActionContext context) {
        return Frozen.profile(context)
                || Hold.of(context.getSession(), context.getRealm(), Optional.empty())
                        .isPresent();
    }

    private static boolean readOnly(RequiredActionContext context) {
        return context.getSession()
                .getProvider(UserProfileProvider.class)
                .create(UserProfileContext.UPDATE_EMAIL, context.getUser())
                .getAttributes()
                .isReadOnly(UserModel.EMAIL);
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return this;
    }

    /** Above stock: of two factories with one id the higher one serves. */
    @Override
    public int order() {
        return 1;
    }
}
