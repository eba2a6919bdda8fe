package jp.sekisho.authenticators.login;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.device.DeviceTokens;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.lock.Permit;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.notice.Masking;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for a code sent to the verified address: 8 digits, 10 minutes, one use, bound to this authentication session,
 * hashed. Tries are counted like any secret's, and so are the mails. Good for this session only.
 */
// JP25-3: an OTP like any other. JP25-6: a code, never a link.
public final class MailCodeAuthenticator implements Step {

    static final String CREDENTIAL_TYPE = "sekisho-mail-code";

    private static final Logger LOG = LoggerFactory.getLogger(MailCodeAuthenticator.class);
    private static final String SENDING = "sekisho-mail-code-sent";
    private static final String HASH = "sekisho.mail-code.hash";
    private static final String EXPIRES = "sekisho.mail-code.expires";
    private static final Duration VALID = Duration.ofMinutes(10);
    private static final int DIGITS = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        policy(context)
                .ifPresentOrElse(
                        policy -> {
                            new Walk(context).ensureDecided();
                            send(context, policy);
                        },
                        context::attempted);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        RealmPolicy policy = policy(context).orElseThrow(() -> new IllegalStateException("the policy was removed"));
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        if (form.containsKey("resend")) {
            send(context, policy);
        } else {
            verify(context, policy, Optional.ofNullable(form.getFirst("code")).orElse(""));
        }
    }

    /** A page that is only loaded again sends nothing: a code that is still good stays good. */
    private void send(AuthenticationFlowContext context, RealmPolicy policy) {
        boolean resend = context.getHttpRequest().getDecodedFormParameters().containsKey("resend");
        if (!resend && live(context)) {
            context.challenge(page(context, policy, Optional.empty()));
            return;
        }
        Guard guard = Guard.of(context.getSession(), context.getRealm(), policy);
        Permit mail = guard.reserve(new Walk(context).subject().customer(), attempt(context, policy, SENDING));
        if (mail.refused().isPresent()) {
            new Refusals(context, policy).locked(mail.refused().get());
            return;
        }
        Optional<Refusal> began = guard.failed(mail).filter(lock -> lock != Refusal.THROTTLE);
        if (began.isPresent()) {
            new Refusals(context, policy).began(began.get());
            return;
        }
        String code = String.format(Locale.ROOT, "%0" + DIGITS + "d", RANDOM.nextInt(100_000_000));
        try {
            mail(context, policy, code);
        } catch (EmailException unsent) {
            LOG.error(
                    "realm {}: a login code could not be sent: {}",
                    context.getRealm().getName(),
                    cause(unsent));
            context.challenge(page(context, policy, Optional.of("sekisho-mail-code-unsent")));
            return;
        }
        AuthenticationSessionModel notes = context.getAuthenticationSession();
        notes.setAuthNote(HASH, hash(notes, code));
        notes.setAuthNote(EXPIRES, new Walk(context).now().plus(VALID).toString());
        LoginFormsProvider form = page(context, policy);
        if (resend) {
            form.setSuccess("sekisho-mail-code-resent");
        }
        context.challenge(form.createForm("sekisho-mail-code.ftl"));
    }

    /** The kind only: mail servers repeat the address in their answers. */
    private static String cause(Throwable unsent) {
        Throwable root = unsent;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getName();
    }

    private void mail(AuthenticationFlowContext context, RealmPolicy policy, String code) throws EmailException {
        UserModel user = context.getUser();
        // Keycloak adds its own to the map.
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("code", code);
        attributes.put("minutes", VALID.toMinutes());
        attributes.put("contact", policy.contact());
        context.getSession()
                .getProvider(EmailTemplateProvider.class)
                .setRealm(context.getRealm())
                .setUser(user)
                .send("sekisho-login-code-subject", List.of(), "sekisho-login-code.ftl", attributes);
    }

    private void verify(AuthenticationFlowContext context, RealmPolicy policy, String typed) {
        String digits = Normalizer.normalize(typed, Normalizer.Form.NFKC).replaceAll("\\s", "");
        if (digits.isEmpty()) {
            context.challenge(page(context, policy, Optional.of("sekisho-mail-code-invalid")));
            return;
        }
        Walk walk = new Walk(context);
        String customer = walk.subject().customer();
        Guard guard = Guard.of(context.getSession(), context.getRealm(), policy);
        Permit permit = guard.reserve(customer, attempt(context, policy, CREDENTIAL_TYPE));
        if (permit.refused().isPresent()) {
            new Refusals(context, policy).locked(permit.refused().get());
            return;
        }
        AuthenticationSessionModel notes = context.getAuthenticationSession();
        if (live(context) && matches(notes, digits) && first(context, notes)) {
            notes.removeAuthNote(HASH);
            guard.verified(permit);
            guard.verified(new Permit(
                    customer, attempt(context, policy, SENDING), Optional.empty(), Optional.empty(), List.of()));
            context.success(CREDENTIAL_TYPE);
            return;
        }
        Optional<Refusal> began = guard.failed(permit);
        walk.conclude(0, Result.FAILED, Optional.of("mail-code"));
        if (began.filter(lock -> lock != Refusal.THROTTLE).isPresent()) {
            new Refusals(context, policy).began(began.get());
            return;
        }
        walk.tell(context.getEvent(), walk.decision().orElseThrow());
        context.getEvent().user(context.getUser()).error(Errors.INVALID_USER_CREDENTIALS);
        context.failureChallenge(
                AuthenticationFlowError.INVALID_CREDENTIALS,
                page(context, policy, Optional.of("sekisho-mail-code-invalid")));
    }

    private LoginFormsProvider page(AuthenticationFlowContext context, RealmPolicy policy) {
        // FFAJ-1.5-S1: masked, and only after a right first factor.
        return new Pages(policy)
                .withReasons(context.form(), new Walk(context).decision())
                .setAttribute("sent", context.getAuthenticationSession().getAuthNote(HASH) != null)
                .setAttribute("maskedEmail", Masking.name(context.getUser().getEmail()));
    }

    private Response page(AuthenticationFlowContext context, RealmPolicy policy, Optional<String> error) {
        LoginFormsProvider form = page(context, policy);
        error.ifPresent(key -> form.addError(new FormMessage("code", key)));
        return form.createForm("sekisho-mail-code.ftl");
    }

    private static Attempt attempt(AuthenticationFlowContext context, RealmPolicy policy, String what) {
        Optional<String> knownDevice = DeviceTokens.of(context.getSession(), context.getRealm(), policy)
                .presented(new Walk(context).subject().customer())
                .knownDevice();
        return new Attempt(what, Operation.LOGIN, knownDevice, what.equals(CREDENTIAL_TYPE));
    }

    private static boolean live(AuthenticationFlowContext context) {
        AuthenticationSessionModel notes = context.getAuthenticationSession();
        return notes.getAuthNote(HASH) != null
                && new Walk(context).now().isBefore(Instant.parse(notes.getAuthNote(EXPIRES)));
    }

    /** Of those who post the right code at once, on whatever node, only one. */
    private static boolean first(AuthenticationFlowContext context, AuthenticationSessionModel notes) {
        String key = CREDENTIAL_TYPE + ':' + notes.getAuthNote(HASH);
        return context.getSession().singleUseObjects().putIfAbsent(key, VALID.toSeconds());
    }

    private static boolean matches(AuthenticationSessionModel notes, String digits) {
        return MessageDigest.isEqual(
                notes.getAuthNote(HASH).getBytes(StandardCharsets.US_ASCII),
                hash(notes, digits).getBytes(StandardCharsets.US_ASCII));
    }

    /** Bound to the session and tab that asked. */
    private static String hash(AuthenticationSessionModel notes, String code) {
        return Sha256.hex(notes.getParentSession().getId() + ' ' + notes.getTabId() + ' ' + code);
    }

    private static Optional<RealmPolicy> policy(AuthenticationFlowContext context) {
        return RealmPolicies.of(context.getSession(), context.getRealm());
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return user.isEmailVerified() && user.getEmail() != null;
    }
}
