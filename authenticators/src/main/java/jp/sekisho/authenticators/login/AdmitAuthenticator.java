package jp.sekisho.authenticators.login;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.sekisho.authenticators.credential.TradingPassword;
import jp.sekisho.authenticators.passkey.ProvisionalPage;
import jp.sekisho.checkpoint.decision.Carried;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.decision.Words;
import jp.sekisho.checkpoint.device.DeviceTokens;
import jp.sekisho.checkpoint.factor.ShownFactors;
import jp.sekisho.checkpoint.hold.AccountHold;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.passkey.SessionVouching;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.session.SessionWatch;
import jp.sekisho.checkpoint.stepup.StepUp;
import jp.sekisho.checkpoint.useragent.UserAgents;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.factor.FactorClass;
import jp.sekisho.policies.notice.Notice;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.authentication.requiredactions.WebAuthnRegisterFactory;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The last step: the customer may come in. Hands out the device token, offers to remember the device where he showed what
 * is strong enough for that, writes the record, tells him, and puts what was really done where the token finds it.
 */
public final class AdmitAuthenticator implements Step {

    private static final String ENROLMENT = WebAuthnPasswordlessRegisterFactory.PROVIDER_ID;
    /** Required actions that change credentials or profile. */
    private static final Set<String> CHANGES = Set.of(
            UserModel.RequiredAction.UPDATE_PASSWORD.name(),
            UserModel.RequiredAction.CONFIGURE_TOTP.name(),
            UserModel.RequiredAction.CONFIGURE_RECOVERY_AUTHN_CODES.name(),
            UserModel.RequiredAction.UPDATE_PROFILE.name(),
            UserModel.RequiredAction.UPDATE_EMAIL.name(),
            TradingPassword.ID,
            WebAuthnRegisterFactory.PROVIDER_ID,
            ENROLMENT);

    private static final Set<Factor> WORTH_REMEMBERING = Set.of(Factor.TOTP, Factor.CERTIFICATE, Factor.PASSKEY);

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty()) {
            context.success();
            return;
        }
        Walk walk = new Walk(context);
        if (walk.begunElsewhere()) {
            context.resetFlow();
            return;
        }
        if (walk.frozen(walk.subject())) {
            new Refusals(context, policy.get()).frozen();
            return;
        }
        Optional<Instant> provisional = walk.provisionalUntil();
        if (provisional.isPresent() && !refusedForChange(context.getUser(), policy.get(), walk.shown(), true)) {
            walk.pending();
            context.challenge(ProvisionalPage.create(
                    context.getSession(), context.form(), policy.get(), context.getUser(), provisional.get(), false));
            return;
        }
        if (provisional.isEmpty() && !knownDevice(context, policy.get()) && worthRemembering(walk)) {
            walk.pending();
            context.challenge(new Pages(policy.get())
                    .prepare(context.form())
                    .setAttribute(
                            "days", policy.get().profile().device().remember().toDays())
                    .setAttribute("device", agent(context).map(Words::device).orElse(""))
                    .createForm("sekisho-remember-device.ftl"));
            return;
        }
        admit(context, policy.get(), false);
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        RealmPolicy policy = RealmPolicies.of(context.getSession(), context.getRealm())
                .orElseThrow(() -> new IllegalStateException("the policy was removed"));
        boolean wanted =
                "yes".equals(context.getHttpRequest().getDecodedFormParameters().getFirst("remember"));
        Walk walk = new Walk(context);
        if (walk.begunElsewhere()) {
            context.resetFlow();
            return;
        }
        admit(context, policy, wanted && worthRemembering(walk));
    }

    private void admit(AuthenticationFlowContext context, RealmPolicy policy, boolean remember) {
        // Who he is is asked once: whoever posts in the same tab meanwhile may become somebody else there.
        UserModel user = context.getUser();
        KeycloakSession session = context.getSession();
        Walk walk = new Walk(context, Subject.of(session, context.getRealm(), user));
        String customer = walk.subject().customer();
        DeviceTokens devices = DeviceTokens.of(session, context.getRealm(), policy);
        boolean known = devices.presented(customer).knownDevice().isPresent();
        if (walk.frozen(walk.subject())) {
            new Refusals(context, policy).frozen();
            return;
        }
        Optional<Instant> provisional = walk.provisionalUntil();
        Set<Factor> shown = walk.shown();
        if (refusedForChange(user, policy, shown, provisional.isPresent())) {
            new Refusals(context, policy).insufficient("change-required");
            return;
        }
        if (walk.unasked() || walk.unanswered()) {
            // A flow of the operator's own lacks the step that decides or asks for it.
            new Refusals(context, policy).insufficient("factor-not-shown");
            return;
        }
        if (walk.unrecorded().isEmpty() && !ShownFactors.stand(context.getAuthenticationSession(), user)) {
            // It was changed, or taken away, while he stood before a page.
            new Refusals(context, policy).insufficient("credential-changed");
            return;
        }
        if (walk.asked().isPresent() && !first(context, walk)) {
            context.failure(AuthenticationFlowError.EXPIRED_CODE);
            return;
        }
        String deviceId = devices.handOut(customer);
        if (remember && provisional.isEmpty()) {
            agent(context)
                    .ifPresent(agent ->
                            devices.remember(user, agent, walk.checkpoint().place()));
        } else if (known) {
            agent(context)
                    .ifPresent(agent ->
                            devices.seen(customer, agent, walk.checkpoint().place()));
        }
        Guard guard = Guard.of(session, context.getRealm(), policy);
        boolean strong = worthRemembering(shown) && provisional.isEmpty();
        if (known || strong && phishingResistant(shown)) {
            guard.strangerLockLifted(customer);
        }
        boolean mayChange = known && !sessionOnly(shown) && provisional.isEmpty() || strong;
        if (mayChange && guard.exposed(customer, PasswordCredentialModel.TYPE)) {
            context.getAuthenticationSession().addRequiredAction(UserModel.RequiredAction.UPDATE_PASSWORD);
        }
        SessionWatch.begin(context.getAuthenticationSession(), walk.checkpoint().sight(walk.subject()), deviceId);
        // A passkey that is provisional is none that an application may rely on.
        int loa = provisional.isPresent() ? Math.min(Loa.of(shown), Loa.MFA) : Loa.of(shown);
        notes(context, shown, loa, walk.now());
        vouch(context, policy, walk, known, provisional);
        Carried decision = walk.decision().orElseThrow();
        walk.conclude(loa, Result.ADMITTED, provisional.map(until -> "provisional-passkey"));
        tell(context, policy, walk, decision, known);
        walk.tell(context.getEvent(), decision);
        context.success();
    }

    /**
     * One second factor, one admission: who posts at once in the same session finds the step of the factor done by the other
     * request.
     */
    private static boolean first(AuthenticationFlowContext context, Walk walk) {
        String key = "sekisho-admitted:" + walk.decision().orElseThrow().decisionId();
        return context.getSession()
                .singleUseObjects()
                .putIfAbsent(key, context.getRealm().getAccessCodeLifespanLogin());
    }

    private static void notes(AuthenticationFlowContext context, Set<Factor> shown, int loa, Instant now) {
        AuthenticationSessionModel notes = context.getAuthenticationSession();
        // Of this login only: a later one by cookie has shown nothing, and says so.
        new AcrStore(context.getSession(), notes).setLevelAuthenticatedToCurrentRequest(loa);
        notes.setUserSessionNote(
                AmrMapper.NOTE,
                shown.stream().sorted().map(Factor::amr).distinct().collect(Collectors.joining(" ")));
        StepUp.shown(notes, loa, now);
    }

    /** What the session may change, and which passkeys may be enrolled in it. */
    private static void vouch(
            AuthenticationFlowContext context,
            RealmPolicy policy,
            Walk walk,
            boolean known,
            Optional<Instant> provisional) {
        AuthenticationSessionModel notes = context.getAuthenticationSession();
        Instant now = walk.now();
        Set<Factor> shown = walk.shown();
        Optional<Instant> accountHeldUntil = AccountHold.of(
                context.getSession(), context.getRealm(), walk.subject().customer());
        if (provisional.isPresent()) {
            Hold.begin(notes, provisional.get());
            SessionVouching.begin(notes, Vouching.HELD);
            Walk.refuseRequestedAction(notes);
        } else if (worthRemembering(shown)) {
            Hold.end(notes);
            SessionVouching.begin(notes, Vouching.LOGIN);
            if (phishingResistant(shown)) {
                SessionVouching.vouched(notes, now);
            }
        } else if (accountHeldUntil.isPresent()) {
            Hold.begin(notes, accountHeldUntil.get());
            SessionVouching.begin(notes, Vouching.HELD);
            Walk.refuseRequestedAction(notes);
        } else if (sessionOnly(shown)) {
            Hold.begin(notes, now.plus(Hold.USUAL));
            SessionVouching.begin(notes, Vouching.MAIL_CODE);
            if (!enrolsProvisionally(policy) || !ENROLMENT.equals(notes.getClientNote(Constants.KC_ACTION))) {
                Walk.refuseRequestedAction(notes);
            }
        } else if (!known && holdsWorthRemembering(walk.subject().user().orElseThrow())) {
            // Who has only the password of a customer with a better factor must not bind one of his own.
            Hold.begin(notes, now.plus(Hold.USUAL));
            SessionVouching.begin(notes, Vouching.HELD);
            Walk.refuseRequestedAction(notes);
        } else {
            SessionVouching.begin(notes, Vouching.LOGIN);
        }
    }

    // FFAJ-1.2-S2: one notice a login, the one that says most.
    private static void tell(
            AuthenticationFlowContext context, RealmPolicy policy, Walk walk, Carried decision, boolean known) {
        Notice notice = Notice.LOGIN;
        if (!known) {
            notice = Notice.NEW_DEVICE;
        } else if (walk.asked().isPresent()) {
            notice = Notice.STEP_UP_PASSED;
        }
        Notices.of(context.getSession(), context.getRealm(), policy)
                .tell(walk.subject().user().orElseThrow(), notice, () -> walk.noticeValues(decision.decisionId()));
    }

    private static boolean knownDevice(AuthenticationFlowContext context, RealmPolicy policy) {
        return DeviceTokens.of(context.getSession(), context.getRealm(), policy)
                .presented(new Walk(context).subject().customer())
                .knownDevice()
                .isPresent();
    }

    private static boolean worthRemembering(Walk walk) {
        return worthRemembering(walk.shown());
    }

    private static boolean worthRemembering(Set<Factor> shown) {
        return shown.stream().anyMatch(WORTH_REMEMBERING::contains);
    }

    private static boolean holdsWorthRemembering(UserModel user) {
        return user.credentialManager().isConfiguredFor(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                || user.credentialManager().isConfiguredFor(OTPCredentialModel.TYPE);
    }

    /** Whether nothing better than a mail code was shown besides the password. */
    private static boolean sessionOnly(Set<Factor> shown) {
        return shown.contains(Factor.MAIL_CODE) && !worthRemembering(shown);
    }

    /** Whether something must be changed before the customer comes in that the session could not change. */
    private static boolean refusedForChange(
            UserModel user, RealmPolicy policy, Set<Factor> shown, boolean provisional) {
        boolean mayEnrol = !provisional && enrolsProvisionally(policy);
        return (provisional || sessionOnly(shown))
                && user.getRequiredActionsStream()
                        .anyMatch(action -> CHANGES.contains(action) && !(mayEnrol && action.equals(ENROLMENT)));
    }

    /** A first passkey is the way out for who has nothing but mail codes. */
    private static boolean enrolsProvisionally(RealmPolicy policy) {
        return !policy.profile().enrolment().provisional().isZero();
    }

    private static boolean phishingResistant(Set<Factor> shown) {
        return shown.stream().anyMatch(factor -> factor.factorClass() == FactorClass.PHISHING_RESISTANT);
    }

    private static Optional<UserAgent> agent(AuthenticationFlowContext context) {
        return UserAgents.shared().of(context.getSession()).present();
    }
}
