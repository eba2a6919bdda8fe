package jp.sekisho.authenticators.reset;

import jakarta.ws.rs.core.Response;
import java.util.Optional;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.authenticators.login.PasswordFormAuthenticator;
import jp.sekisho.authenticators.login.Refusals;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.code.CodePurpose;
import jp.sekisho.checkpoint.code.CodeSession;
import jp.sekisho.checkpoint.code.MailCodes;
import jp.sekisho.checkpoint.code.Verdict;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Assessment;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.device.DeviceTokens;
import jp.sekisho.checkpoint.freeze.Reopening;
import jp.sekisho.checkpoint.hold.Hold;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.lock.GuardTrace;
import jp.sekisho.checkpoint.lock.Permit;
import jp.sekisho.checkpoint.lock.TypedCodes;
import jp.sekisho.checkpoint.passkey.SessionVouching;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.lockout.Reservation.Refusal;
import jp.sekisho.policies.lockout.Reservation.Refused;
import jp.sekisho.policies.operation.Operation;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.requiredactions.WebAuthnPasswordlessRegisterFactory;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Somebody who gave a name, and what becomes of his codes; whether the name is anybody's makes no difference here. */
final class Asking {

    private static final String NAME = "sekisho.reset.name";
    private static final String USER = "sekisho.reset.user";
    private static final String LETTER = "sekisho.reset.letter";

    private final AuthenticationFlowContext context;
    private final RealmPolicy policy;
    private final CodePurpose purpose;
    private final Subject subject;

    private Asking(AuthenticationFlowContext context, RealmPolicy policy, CodePurpose purpose, Subject subject) {
        this.context = context;
        this.policy = policy;
        this.purpose = purpose;
        this.subject = subject;
    }

    static Asking begin(AuthenticationFlowContext context, RealmPolicy policy, String name) {
        String meant = Customers.nameAsMeant(name);
        Optional<UserModel> user = PasswordFormAuthenticator.find(context, name)
                .or(() -> meant.equals(name) ? Optional.empty() : PasswordFormAuthenticator.find(context, meant));
        return begin(context, policy, CodePurpose.PASSWORD_RESET, name, user);
    }

    /** @param address as an identity provider gives it, of whomever */
    static Asking beginLink(AuthenticationFlowContext context, RealmPolicy policy, String address) {
        RealmModel realm = context.getRealm();
        Optional<UserModel> user = realm.isDuplicateEmailsAllowed()
                ? Optional.empty()
                : Optional.ofNullable(context.getSession().users().getUserByEmail(realm, address));
        return begin(context, policy, CodePurpose.IDENTITY_LINK, address, user);
    }

    private static Asking begin(
            AuthenticationFlowContext context,
            RealmPolicy policy,
            CodePurpose purpose,
            String name,
            Optional<UserModel> user) {
        AuthenticationSessionModel notes = context.getAuthenticationSession();
        notes.setAuthNote(NAME, name);
        notes.removeAuthNote(LETTER);
        new ShownMeans(notes).forget();
        // What was shown before him in this tab does not count for him.
        notes.clearUserSessionNotes();
        Reopening.forget(notes);
        user.ifPresentOrElse(found -> notes.setAuthNote(USER, found.getId()), () -> notes.removeAuthNote(USER));
        return new Asking(context, policy, purpose, subject(context, user, name));
    }

    /** Who began in this tab. */
    static Asking again(AuthenticationFlowContext context, RealmPolicy policy) {
        return again(context, policy, CodePurpose.PASSWORD_RESET);
    }

    static Asking again(AuthenticationFlowContext context, RealmPolicy policy, CodePurpose purpose) {
        AuthenticationSessionModel notes = context.getAuthenticationSession();
        Optional<UserModel> user = Optional.ofNullable(notes.getAuthNote(USER))
                .map(id -> context.getSession().users().getUserById(context.getRealm(), id));
        return new Asking(context, policy, purpose, subject(context, user, notes.getAuthNote(NAME)));
    }

    private static Subject subject(AuthenticationFlowContext context, Optional<UserModel> user, String name) {
        KeycloakSession session = context.getSession();
        RealmModel realm = context.getRealm();
        return user.map(found -> Subject.of(session, realm, found))
                .orElseGet(() -> Subject.ofUnknownName(session, realm, name));
    }

    /** It is his passkey that he lost. */
    void forPasskey() {
        new ShownMeans(context.getAuthenticationSession()).begin(walk().now());
    }

    static boolean lostPasskey(AuthenticationFlowContext context) {
        return new ShownMeans(context.getAuthenticationSession()).begun();
    }

    /** He has a code that the firm gave him: of a letter, or at a branch. */
    void withLetter() {
        context.getAuthenticationSession().setAuthNote(LETTER, "true");
    }

    static boolean hasLetter(AuthenticationFlowContext context) {
        return context.getAuthenticationSession().getAuthNote(LETTER) != null;
    }

    /** What becomes of the code of a customer whose thaw was approved. */
    Optional<Reopening> reopening() {
        return user().map(user -> Reopening.of(context.getSession(), context.getRealm(), policy, user));
    }

    Optional<UserModel> user() {
        return subject.user();
    }

    Walk walk() {
        return new Walk(context, subject);
    }

    MailCodes codes() {
        return MailCodes.of(
                context.getSession(),
                context.getRealm(),
                policy,
                purpose,
                CodeSession.of(context.getAuthenticationSession()),
                subject.customer(),
                user().map(UserModel::getEmail).orElse(""));
    }

    /** Sends a first code, or refuses; who cannot get one is told the same. */
    boolean mail(Assessment assessment) {
        Verdict mail = codes().mayMail();
        Refusals refusals = new Refusals(context, policy, walk());
        mail.refused().ifPresent(refused -> refusals.locked(assessment, refused));
        mail.began().ifPresent(lock -> refusals.began(assessment, lock));
        return sent(mail);
    }

    /** Sends another one. */
    boolean mailAgain() {
        Verdict mail = codes().mayMail();
        refuse(mail);
        return sent(mail);
    }

    private boolean sent(Verdict mail) {
        if (mail.passed()) {
            MailCodes codes = codes();
            String code = codes.draw();
            codes.keep(code);
            codes.mailLater(user().filter(Asking::reachable).map(UserModel::getId), code);
        }
        return mail.passed();
    }

    /** Tries a saved recovery code; that of a name that nobody has is counted as well. */
    Verdict recoveryCode(String typed) {
        boolean right = user().isPresent()
                ? user().get()
                        .credentialManager()
                        .isValid(UserCredentialModel.buildFromBackupAuthnCode(typed.replace("-", "")))
                : guess();
        GuardTrace trace = GuardTrace.of(context.getSession());
        return new Verdict(right, trace.refused(), trace.began().filter(lock -> lock != Refusal.THROTTLE));
    }

    /** A code of a letter is about to be looked at. @return empty where whoever types it has to wait, whatever it is */
    Optional<TypedCodes.Typed> letterTyped(ClientAddresses addresses) {
        KeycloakSession session = context.getSession();
        return TypedCodes.of(session, context.getRealm(), policy, TypedCodes.Kind.LETTER)
                .begin(addresses.of(session), subject.customer());
    }

    private boolean guess() {
        Guard guard = Guard.of(context.getSession(), context.getRealm(), policy);
        Permit permit = guard.reserve(
                subject.customer(),
                new Attempt(RecoveryAuthnCodesCredentialModel.TYPE, Operation.LOGIN, Optional.empty(), false));
        if (permit.granted()) {
            guard.failed(permit);
        }
        return false;
    }

    /** What was shown is not right. @param page for another try */
    void wrong(String what, Response page) {
        Walk walk = walk();
        walk.conclude(0, Result.FAILED, Optional.of(what));
        walk.tell(context.getEvent(), walk.decision().orElseThrow());
        user().ifPresent(context.getEvent()::user);
        context.getEvent().error(Errors.INVALID_USER_CREDENTIALS);
        context.failureChallenge(AuthenticationFlowError.INVALID_CREDENTIALS, page);
    }

    void admitted(String what) {
        Walk walk = walk();
        walk.conclude(0, Result.ADMITTED, Optional.of(what));
        walk.tell(context.getEvent(), walk.decision().orElseThrow());
    }

    /** A new passkey and nothing else: what an application asked for waits for a login. */
    void enrols(Vouching vouching) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        SessionVouching.begin(login, vouching);
        Hold.begin(login, walk().now().plus(Hold.USUAL));
        Walk.refuseRequestedAction(login);
        login.addRequiredAction(WebAuthnPasswordlessRegisterFactory.PROVIDER_ID);
        // The customer logs in with the new passkey like anybody.
        login.setAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS, "true");
    }

    boolean locked() {
        return Guard.of(context.getSession(), context.getRealm(), policy).locked(subject.customer(), Operation.LOGIN);
    }

    /** Ends it here for who must not change anything, whatever was shown. @return whether it does */
    // JP25-8
    boolean stopped() {
        if (user().filter(user -> Reopening.underWay(context.getSession(), context.getRealm(), user))
                .isPresent()) {
            return false;
        }
        Optional<String> why = Optional.empty();
        if (walk().frozenForReset()) {
            why = Optional.of("frozen");
        } else if (user().filter(UserModel::isEnabled).isEmpty()) {
            why = Optional.of("disabled");
        }
        why.ifPresent(this::stop);
        return why.isPresent();
    }

    /** Ends it here, whatever was shown. */
    void stop(String detail) {
        Walk walk = walk();
        walk.conclude(0, Result.REFUSED, Optional.of(detail));
        walk.tell(context.getEvent(), walk.decision().orElseThrow());
        user().ifPresent(context.getEvent()::user);
        context.getEvent().error(Errors.ACCESS_DENIED);
        context.clearUser();
        refused();
    }

    void refused() {
        String page = purpose == CodePurpose.IDENTITY_LINK ? "sekisho-refused.ftl" : "sekisho-reset-refused.ftl";
        context.forceChallenge(new Pages(policy).prepare(context.form()).createForm(page));
    }

    void refuse(Verdict verdict) {
        Refusals refusals = new Refusals(context, policy, walk());
        verdict.refused().map(this::toldTo).ifPresent(refusals::locked);
        verdict.began().ifPresent(refusals::began);
    }

    /** Only who exists can be locked: a stranger is told of a stranger lock, which names that nobody has reach too. */
    private Refused toldTo(Refused refused) {
        boolean stranger = DeviceTokens.of(context.getSession(), context.getRealm(), policy)
                .presented(subject.customer())
                .knownDevice()
                .isEmpty();
        return stranger && refused.why() == Refusal.LOCK
                ? new Refused(Refusal.STRANGER_LOCK, Optional.empty())
                : refused;
    }

    private static boolean reachable(UserModel user) {
        return user.isEnabled() && user.isEmailVerified() && user.getEmail() != null;
    }
}
