package jp.sekisho.authenticators.login;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.checkpoint.admission.Admission;
import jp.sekisho.checkpoint.admission.LinkAdmission;
import jp.sekisho.checkpoint.decision.Assessment;
import jp.sekisho.checkpoint.decision.Carried;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.decision.Subject;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.factor.ShownFactors;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.passkey.ShownPasskeys;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.factor.Factor;
import jp.sekisho.policies.factor.FactorClass;
import jp.sekisho.policies.lockout.Attempt;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.passkey.PasskeyFacts;
import jp.sekisho.policies.passkey.PasskeyRule;
import jp.sekisho.storage.dossier.Dossier;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext.KcActionStatus;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** One customer's way through the checkpoint at login: what was decided so far and what he has shown. */
public final class Walk {

    private static final String DECISION = "sekisho.decision";
    private static final String ASKED = "sekisho.asked";
    private static final String FLOW = "sekisho.flow";
    private static final String ARRIVED = "sekisho.arrived";

    private static final Set<String> NAMED_APART = Set.of(
            LoginActionsService.RESET_CREDENTIALS_PATH,
            LoginActionsService.FIRST_BROKER_LOGIN_PATH,
            LoginActionsService.POST_BROKER_LOGIN_PATH);

    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel notes;
    private final Optional<Subject> meant;

    public Walk(AuthenticationFlowContext context) {
        this(context, Optional.empty());
    }

    /** Of somebody who named himself, and has shown nothing yet: the flow does not know him, and must not. */
    public Walk(AuthenticationFlowContext context, Subject meant) {
        this(context, Optional.of(meant));
    }

    private Walk(AuthenticationFlowContext context, Optional<Subject> meant) {
        this.context = context;
        this.notes = context.getAuthenticationSession();
        this.meant = meant;
    }

    /** Somebody identifies himself: what anybody showed before him in this browser does not count for him. */
    public void begin() {
        session().removeAttribute(DECISION);
        notes.removeAuthNote(AuthenticationProcessor.AUTHN_CREDENTIALS);
        Carried.forget(notes);
        notes.removeAuthNote(ASKED);
        ShownFactors.forget(notes);
        ShownPasskeys.forget(notes);
        Admission.forgetChange(notes);
        LinkAdmission.forget(notes);
        notes.removeAuthNote(ARRIVED);
        notes.setAuthNote(FLOW, flow());
    }

    /** An identity provider named him: nothing that was shown in this tab before is his, but to be linked to it. */
    void arrive() {
        if (fromProvider() && !arrived()) {
            begin();
            arrived(context.getUser());
        }
    }

    /** He goes on to the flow after the provider's login, which judges that; what he has shown to be linked counts there. */
    public void handOn() {
        Carried.forget(notes);
        notes.removeAuthNote(ASKED);
        notes.setAuthNote(FLOW, LoginActionsService.POST_BROKER_LOGIN_PATH);
        arrived(context.getUser());
    }

    private boolean fromProvider() {
        return flow().equals(LoginActionsService.POST_BROKER_LOGIN_PATH);
    }

    private boolean arrived() {
        return context.getUser().getId().equals(notes.getAuthNote(ARRIVED));
    }

    private void arrived(UserModel user) {
        notes.setAuthNote(ARRIVED, user.getId());
    }

    /**
     * Whether who is known here named himself in another flow. Keycloak lets a tab go from one to the other, and each goes on
     * where it was left: after steps that somebody else may have done.
     */
    public boolean begunElsewhere() {
        String begun = Optional.ofNullable(notes.getAuthNote(FLOW)).orElseGet(this::flow);
        return !kind(begun).equals(kind(flow())) || fromProvider() && !arrived();
    }

    /** A grant has none. */
    private String flow() {
        return Optional.ofNullable(context.getFlowPath()).orElse("");
    }

    /** Of the others all are ways to log in. */
    private static String kind(String flow) {
        return NAMED_APART.contains(flow) ? flow : LoginActionsService.AUTHENTICATE_PATH;
    }

    KeycloakSession session() {
        return context.getSession();
    }

    public Checkpoint checkpoint() {
        return session().getProvider(Checkpoint.class);
    }

    public Subject subject() {
        return meant.orElseGet(() -> Subject.of(session(), context.getRealm(), context.getUser()));
    }

    /** The database's time: what is kept here is asked for on other nodes (decision 14). */
    public Instant now() {
        return CustomerFile.of(session(), context.getRealm(), subject().customer())
                .now();
    }

    /** Of who is here: one of somebody else, who was in this tab a moment ago, is none. */
    public Optional<Carried> decision() {
        return Carried.in(notes)
                .filter(decision ->
                        user().isEmpty() || decision.customer().equals(subject().customer()));
    }

    /** Whom all this is about, once that is known. */
    private Optional<UserModel> user() {
        return meant.isPresent() ? meant.get().user() : Optional.ofNullable(context.getUser());
    }

    /** Keeps a decision whose record is still to be written, in this very request or by {@link #pending}. */
    public void decided(Assessment assessment) {
        session().setAttribute(DECISION, assessment);
        Carried.of(assessment, false).keep(notes);
    }

    /** A step in a flow of the operator's own finds nothing decided: it is now, and recorded before anything is asked. */
    void ensureDecided() {
        arrive();
        if (decision().isEmpty()) {
            decided(checkpoint().assess(subject(), Operation.LOGIN));
            pending();
        }
    }

    /** Whether the customer's login is frozen. Told to nobody who has not shown a right factor. */
    boolean frozen(Subject subject) {
        return latest(subject).frozen(Operation.LOGIN);
    }

    /** The same of a reset: it changes a credential, and it is a way in. */
    public boolean frozenForReset() {
        Dossier latest = latest(subject());
        return latest.frozen(Operation.LOGIN) || latest.frozen(Operation.CREDENTIAL_CHANGE);
    }

    private Dossier latest(Subject subject) {
        return CustomerFile.of(session(), context.getRealm(), subject.customer())
                .latest();
    }

    /** The decision of this very request, while its record is not written. */
    Optional<Assessment> unrecorded() {
        return Optional.ofNullable(session().getAttribute(DECISION, Assessment.class));
    }

    /** The customer has to show something more: the record is written before he is asked. */
    public void pending() {
        unrecorded().ifPresent(assessment -> {
            checkpoint().record(assessment, shown(), Result.PENDING, Optional.empty());
            session().removeAttribute(DECISION);
            Carried.of(assessment, true).keep(notes);
        });
    }

    /** Records how it ended. */
    public void conclude(int loa, Result result, Optional<String> detail) {
        Optional<Assessment> unrecorded = unrecorded();
        if (unrecorded.isEmpty()) {
            checkpoint().conclude(decision().orElseThrow(), subject(), shown(), loa, result, detail);
        } else if (result == Result.ADMITTED) {
            checkpoint().admit(unrecorded.get(), shown(), loa);
        } else {
            checkpoint().record(unrecorded.get(), shown(), result, detail);
        }
        if (result != Result.FAILED) {
            session().removeAttribute(DECISION);
        }
    }

    /** Something other than what he has shown is still asked of him. */
    public boolean unanswered() {
        Set<Factor> shown = shown();
        return asked().filter(asked -> !shown.contains(asked)
                        && shown.stream().noneMatch(factor -> factor.factorClass() == FactorClass.PHISHING_RESISTANT))
                .isPresent();
    }

    /** Whether it was found out, of this very decision, what he is asked for. Keycloak does a step once, for whomever. */
    public boolean unasked() {
        return askedNote().isEmpty();
    }

    /** @param factor empty where he has shown enough */
    public void ask(Optional<Factor> factor) {
        notes.setAuthNote(
                ASKED,
                decision().orElseThrow().decisionId()
                        + factor.map(asked -> ' ' + asked.name()).orElse(""));
    }

    Optional<Factor> asked() {
        return askedNote().filter(words -> words.length > 1).map(words -> Factor.valueOf(words[1]));
    }

    private Optional<String[]> askedNote() {
        return Optional.ofNullable(notes.getAuthNote(ASKED))
                .map(note -> note.split(" "))
                .filter(words -> decision()
                        .filter(of -> of.decisionId().equals(words[0]))
                        .isPresent());
    }

    /** What was really verified of him in this authentication, whatever the flow is called. */
    public Set<Factor> shown() {
        return user().map(this::shown).orElseGet(() -> EnumSet.noneOf(Factor.class));
    }

    private Set<Factor> shown(UserModel user) {
        Set<Factor> shown = EnumSet.noneOf(Factor.class);
        for (String type : AuthenticatorUtil.getAuthnCredentials(notes)) {
            if (!ShownFactors.by(notes, user, type)) {
                continue;
            }
            switch (type) {
                case PasswordCredentialModel.TYPE -> shown.add(Factor.PASSWORD);
                case Attempt.TRADING_PASSWORD -> shown.add(Factor.TRADING_PASSWORD);
                case OTPCredentialModel.TYPE -> shown.add(Factor.TOTP);
                case RecoveryAuthnCodesCredentialModel.TYPE -> shown.add(Factor.RECOVERY_CODE);
                case MailCodeAuthenticator.CREDENTIAL_TYPE -> shown.add(Factor.MAIL_CODE);
                case UserCredentialModel.CLIENT_CERT -> shown.add(Factor.CERTIFICATE);
                case WebAuthnCredentialModel.TYPE_PASSWORDLESS -> shown.add(Factor.PASSKEY);
                default -> {}
            }
        }
        return shown;
    }

    /** Whether the passkeys that were shown, if any, are those that the policy asks for; a certificate stands for itself. */
    // JP25-1
    boolean rightPasskey(RealmPolicy policy) {
        return satisfies(policy.profile().passkeyRule(Operation.LOGIN))
                && RequestedChange.of(notes)
                        .map(change -> rightPasskeyFor(policy, change))
                        .orElse(true);
    }

    boolean rightPasskeyFor(RealmPolicy policy, RequestedChange change) {
        PasskeyRule rule = policy.profile().passkeyRule(Operation.CREDENTIAL_CHANGE);
        // Who has one only gets a second one in no other way.
        boolean becomesTheSecond = rule == PasskeyRule.SECOND && change.ofEnrolment() && !holdsFurtherPasskey();
        return !change.ofCredentials() || becomesTheSecond || satisfies(rule);
    }

    /** Where it is only what an application asked for that needs another passkey, it waits. @return whether it is */
    boolean changeWaits(RealmPolicy policy) {
        boolean good = satisfies(policy.profile().passkeyRule(Operation.LOGIN));
        if (good) {
            refuseRequestedAction(notes);
        }
        return good;
    }

    /** The same of a change that is made without a login. */
    public boolean rightPasskeyFor(RealmPolicy policy, Operation change) {
        return satisfies(policy.profile().passkeyRule(change));
    }

    private boolean satisfies(PasskeyRule rule) {
        Set<Factor> shown = shown();
        return !shown.contains(Factor.PASSKEY)
                || shown.contains(Factor.CERTIFICATE)
                || rule == PasskeyRule.ANY
                || rule.satisfiedBy(shownPasskeys());
    }

    /** Whether the customer has a passkey that he has not shown. */
    boolean holdsFurtherPasskey() {
        long held = context.getUser()
                .credentialManager()
                .getStoredCredentialsByTypeStream(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                .count();
        return held
                > shownPasskeys().stream()
                        .map(PasskeyFacts::credential)
                        .distinct()
                        .count();
    }

    /** Until when this login is held, because it stands on a provisional passkey. */
    public Optional<Instant> provisionalUntil() {
        return shown().contains(Factor.CERTIFICATE)
                ? Optional.empty()
                : Passkeys.of(session(), context.getRealm())
                        .provisionalUntil(subject().customer(), this::shownPasskeys);
    }

    private List<PasskeyFacts> shownPasskeys() {
        return user().map(user -> ShownPasskeys.of(notes, user)).orElse(List.of());
    }

    /** What a notice about this login says. */
    NoticeValues noticeValues(String decisionId) {
        return checkpoint().noticeValues(context.getUser()).about(decisionId);
    }

    public void tell(EventBuilder event, Assessment assessment) {
        tell(event, Carried.of(assessment, true));
    }

    /** The decision is on the event, whatever the event says. */
    public void tell(EventBuilder event, Carried decision) {
        decision.details().forEach(event::detail);
    }

    /** What an application asked the customer to do with his account waits for a better login; it is told so. */
    public static void refuseRequestedAction(AuthenticationSessionModel login) {
        Optional.ofNullable(login.getClientNote(Constants.KC_ACTION))
                .ifPresent(action -> AuthenticationManager.setKcActionStatus(action, KcActionStatus.ERROR, login));
    }
}
