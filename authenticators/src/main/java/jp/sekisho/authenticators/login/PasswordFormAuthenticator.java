package jp.sekisho.authenticators.login;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Assessment;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.factor.ShownFactors;
import jp.sekisho.checkpoint.lock.GuardTrace;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.source.SourcePolicy.Standing;
import org.keycloak.WebAuthnConstants;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.browser.UsernamePasswordForm;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.common.util.Base64Url;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.validation.Validation;

/**
 * Name and password, or a passkey from the browser's autofill. The operation is judged before the password is looked
 * at, so that at HIGH the page is the same whether the password was right or wrong, and whether the name exists.
 */
// FFAJ-1.2-S1, FFAJ-3-S1
public final class PasswordFormAuthenticator extends UsernamePasswordForm {

    private final KeycloakSession session;

    PasswordFormAuthenticator(KeycloakSession session) {
        super(session);
        this.session = session;
    }

    // FFAJ-5.1-S1: the contact point is on the first page, too.
    @Override
    protected Response createLoginForm(LoginFormsProvider form) {
        Optional<RealmPolicy> policy =
                RealmPolicies.of(session, session.getContext().getRealm());
        policy.ifPresent(known -> new Pages(known).prepare(form));
        return policy.filter(known -> known.profile().passkeysFirst())
                .map(known -> new Pages(known).passkeysFirst(form, ""))
                .orElseGet(() -> super.createLoginForm(form));
    }

    @Override
    protected Response challenge(AuthenticationFlowContext context, MultivaluedMap<String, String> formData) {
        Optional<RealmPolicy> policy = RealmPolicies.of(session, context.getRealm());
        policy.ifPresent(known -> new Pages(known).prepare(context.form()));
        return policy.filter(known -> known.profile().passkeysFirst())
                .map(known -> new Pages(known)
                        .passkeysFirst(
                                context.form(),
                                Optional.ofNullable(formData.getFirst(AuthenticationManager.FORM_USERNAME))
                                        .orElse("")))
                .orElseGet(() -> super.challenge(context, formData));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty()) {
            super.action(context);
            return;
        }
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey("cancel")) {
            context.cancelLogin();
            return;
        }
        new Walk(context).begin();
        if (form.containsKey(WebAuthnConstants.AUTHENTICATOR_DATA) || form.containsKey(WebAuthnConstants.ERROR)) {
            passkey(context, policy.get());
        } else {
            password(context, policy.get(), form);
        }
    }

    private void passkey(AuthenticationFlowContext context, RealmPolicy policy) {
        Walk walk = new Walk(context);
        try {
            webauthnAuth.action(context);
        } catch (AuthenticationFlowException refused) {
            // Once the passkey is verified, Keycloak takes no disabled user.
            frozen(context, policy, walk).ifPresent(new Refusals(context, policy)::frozen);
            if (context.getStatus() == null) {
                throw refused;
            }
            return;
        }
        if (context.getStatus() != FlowStatus.SUCCESS) {
            return;
        }
        Assessment assessment = walk.checkpoint().assess(walk.subject(), Operation.LOGIN);
        Refusals refusals = new Refusals(context, policy);
        if (walk.frozen(assessment.subject())) {
            refusals.frozen(assessment);
        } else if (!refusals.locked(assessment)) {
            walk.decided(assessment);
        }
    }

    /** The login of the frozen customer whose passkey it is. */
    private Optional<Assessment> frozen(AuthenticationFlowContext context, RealmPolicy policy, Walk walk) {
        String handle = context.getHttpRequest().getDecodedFormParameters().getFirst(WebAuthnConstants.USER_HANDLE);
        return Optional.ofNullable(handle)
                .map(encoded -> new String(Base64Url.decode(encoded), StandardCharsets.UTF_8))
                .map(id -> session.users().getUserById(context.getRealm(), id))
                .map(user -> Subject.of(session, context.getRealm(), user))
                .filter(walk::frozen)
                .map(subject -> walk.checkpoint().assess(subject, Operation.LOGIN));
    }

    private void password(AuthenticationFlowContext context, RealmPolicy policy, MultivaluedMap<String, String> form) {
        String password = form.getFirst(CredentialRepresentation.PASSWORD);
        Optional<UserModel> reauthenticated = isUserAlreadySetBeforeUsernamePasswordAuth(context)
                ? Optional.ofNullable(context.getUser())
                : Optional.empty();
        String name = reauthenticated
                .map(UserModel::getUsername)
                .or(() -> Optional.ofNullable(form.getFirst(AuthenticationManager.FORM_USERNAME)))
                .map(String::strip)
                .orElse("");
        if (name.isEmpty() || password == null || password.isEmpty()) {
            context.forceChallenge(challenge(context, Messages.INVALID_USER, Validation.FIELD_USERNAME));
            return;
        }
        if (reauthenticated.isEmpty()) {
            context.clearUser();
            context.getAuthenticationSession().setAuthNote(ATTEMPTED_USERNAME, name);
        }
        context.getEvent().detail(Details.USERNAME, name);
        String meant = Customers.nameAsMeant(name);
        Optional<UserModel> user = reauthenticated
                .or(() -> find(context, name))
                .or(() -> meant.equals(name) ? Optional.empty() : find(context, meant));
        Subject subject = user.map(found -> Subject.of(context.getSession(), context.getRealm(), found))
                .orElseGet(() -> Subject.ofUnknownName(context.getSession(), context.getRealm(), name));
        Walk walk = new Walk(context);
        Assessment assessment = walk.checkpoint().assess(subject, Operation.LOGIN);
        Refusals refusals = new Refusals(context, policy);
        if (assessment.source() == Standing.HOSTILE) {
            refusals.source(assessment);
            return;
        }
        Requirement requirement =
                assessment.decision().enforced() ? assessment.decision().requirement() : Requirement.NOTHING;
        boolean passkeyOnly = requirement.compareTo(Requirement.PHISHING_RESISTANT) >= 0;
        boolean passkeysFirst =
                assessment.decision().enforced() && policy.profile().passkeysFirst();
        if (passkeyOnly && !assessment.knownDevice()) {
            GuardTrace.of(context.getSession()).hideResults();
        }
        PasswordCheck check = PasswordCheck.of(context, policy, subject, password);
        if (passkeyOnly && check.right()) {
            refusals.exposed(assessment);
        }
        if (check.refused().isPresent()) {
            refusals.locked(assessment, check.refused().get());
        } else if (check.lock().isPresent()) {
            refusals.began(assessment, check.lock().get());
        } else if (passkeyOnly || passkeysFirst && !check.right()) {
            refusals.passkeyOnly(assessment, check.right(), () -> webauthnAuth.fillContextForm(context));
        } else if (!check.right()) {
            wrong(context, walk, assessment, user);
        } else if (walk.frozen(subject)) {
            refusals.frozen(assessment);
        } else if (!user.orElseThrow().isEnabled()) {
            refusals.disabled(assessment);
        } else {
            right(context, walk, assessment, user.get(), form);
        }
    }

    private void wrong(AuthenticationFlowContext context, Walk walk, Assessment assessment, Optional<UserModel> user) {
        walk.checkpoint().record(assessment, walk.shown(), Result.FAILED, Optional.of("password"));
        walk.tell(context.getEvent(), assessment);
        user.ifPresent(context.getEvent()::user);
        context.getEvent().error(user.isPresent() ? Errors.INVALID_USER_CREDENTIALS : Errors.USER_NOT_FOUND);
        AuthenticatorUtils.setupReauthenticationInUsernamePasswordFormError(context);
        context.failureChallenge(
                AuthenticationFlowError.INVALID_CREDENTIALS,
                challenge(context, Messages.INVALID_USER, Validation.FIELD_PASSWORD));
        if (!isUserAlreadySetBeforeUsernamePasswordAuth(context)) {
            context.clearUser();
        }
    }

    private void right(
            AuthenticationFlowContext context,
            Walk walk,
            Assessment assessment,
            UserModel user,
            MultivaluedMap<String, String> form) {
        if (!isUserAlreadySetBeforeUsernamePasswordAuth(context)) {
            AuthenticatorUtils.processRememberMe(context, form);
        }
        context.setUser(user);
        // A directory's was verified past our credential provider.
        ShownFactors.add(context.getAuthenticationSession(), user, PasswordCredentialModel.TYPE);
        context.getAuthenticationSession().setAuthNote(AuthenticationManager.PASSWORD_VALIDATED, "true");
        walk.decided(assessment);
        context.success(PasswordCredentialModel.TYPE);
    }

    public static Optional<UserModel> find(AuthenticationFlowContext context, String name) {
        try {
            return Optional.ofNullable(
                    KeycloakModelUtils.findUserByNameOrEmail(context.getSession(), context.getRealm(), name));
        } catch (ModelDuplicateException ambiguous) {
            // Two federated users share an address: neither may be guessed at.
            return Optional.empty();
        }
    }
}
