package jp.sekisho.authenticators.reset;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.authenticators.login.CertificateAuthenticator;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.code.Verdict;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.identity.IdentityCodes;
import jp.sekisho.checkpoint.identity.IdentityRecords;
import jp.sekisho.checkpoint.lock.TypedCodes;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.passkey.ShownPasskeys;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.session.SessionEnd;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.recovery.Recovery;
import jp.sekisho.policies.recovery.RecoveryMeans;
import jp.sekisho.storage.identity.IdentityRow;
import jp.sekisho.storage.identity.PostalCode;
import org.keycloak.WebAuthnConstants;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.models.utils.FormMessage;

/** A request of somebody who lost his passkey: what he shows in it, and what becomes of all that he showed in this tab. */
// JP25-1, JP25-3
final class Recovering {

    private static final String CODE = "recovery-code";
    private static final String LETTER = "postal-code";
    private static final String CERTIFICATE = "certificate";

    private final AuthenticationFlowContext context;
    private final RealmPolicy policy;
    private final OtherPasskey passkeys;
    private final CertificateAuthenticator certificates;
    private final ClientAddresses addresses;
    private final Asking asking;
    private final ShownMeans shown;
    private final MultivaluedMap<String, String> form;

    /** Of the identity of who sits there now. */
    private final List<IdentityRow> records;

    Recovering(
            AuthenticationFlowContext context,
            RealmPolicy policy,
            OtherPasskey passkeys,
            CertificateAuthenticator certificates,
            ClientAddresses addresses) {
        this.context = context;
        this.policy = policy;
        this.passkeys = passkeys;
        this.certificates = certificates;
        this.addresses = addresses;
        this.asking = Asking.again(context, policy);
        this.shown = new ShownMeans(context.getAuthenticationSession());
        this.form = context.getHttpRequest().getDecodedFormParameters();
        this.records =
                IdentityRecords.of(context.getSession(), context.getRealm()).verifiedFor(customer(), shown.request());
    }

    void ask() {
        context.challenge(page(Optional.empty()));
    }

    void answered() {
        boolean goesOn = (!offers(RecoveryMeans.SECOND_PASSKEY) || passkey())
                && (!offers(RecoveryMeans.CERTIFICATE) || certificate())
                && (!offers(RecoveryMeans.RECOVERY_CODE) || recoveryCode())
                && (!offers(RecoveryMeans.POSTAL_CODE) || letter());
        if (!goesOn || !shown.by(customer()).isEmpty() && stopped()) {
            return;
        }
        if (form.containsKey("enrol") && Recovery.enough(means())) {
            recovered();
        } else {
            context.challenge(page(Optional.empty()));
        }
    }

    /** Whether he tries it in this request; what was right already is not tried again. */
    private boolean offers(RecoveryMeans means) {
        boolean posted = switch (means) {
            case SECOND_PASSKEY ->
                form.containsKey(WebAuthnConstants.AUTHENTICATOR_DATA) || form.containsKey(WebAuthnConstants.ERROR);
            case CERTIFICATE -> form.containsKey(CERTIFICATE);
            case RECOVERY_CODE -> !text(CODE).isEmpty();
            case POSTAL_CODE -> !text(LETTER).isEmpty();
            default -> false;
        };
        return posted && !shown.by(customer()).contains(means);
    }

    private boolean passkey() {
        boolean right =
                asking.user().filter(user -> passkeys.isOf(context, user)).isPresent();
        return showed(RecoveryMeans.SECOND_PASSKEY, right, new FormMessage("sekisho-passkey-failed"));
    }

    private boolean certificate() {
        Optional<String> owner = certificates.owner(context).map(UserModel::getId);
        boolean right = owner.isPresent() && owner.equals(asking.user().map(UserModel::getId));
        return showed(RecoveryMeans.CERTIFICATE, right, new FormMessage("sekisho-recovery-certificate-failed"));
    }

    private boolean recoveryCode() {
        Verdict verdict = asking.recoveryCode(text(CODE));
        if (verdict.refused().isPresent() || verdict.began().isPresent()) {
            verdict.began().ifPresent(lock -> asking.walk().conclude(0, Result.FAILED, Optional.of(CODE)));
            asking.refuse(verdict);
            return false;
        }
        return showed(RecoveryMeans.RECOVERY_CODE, verdict.passed(), new FormMessage(CODE, "sekisho-recovery-wrong"));
    }

    /** Tried only where nothing else is missing: a right one is used up. */
    private boolean letter() {
        Set<RecoveryMeans> with = means();
        with.add(RecoveryMeans.POSTAL_CODE);
        if (!Recovery.enough(with)) {
            context.challenge(page(Optional.of(new FormMessage(LETTER, "sekisho-recovery-letter-later"))));
            return false;
        }
        if (stopped()) {
            return false;
        }
        Optional<TypedCodes.Typed> counted = asking.letterTyped(addresses);
        if (counted.isEmpty()) {
            context.challenge(page(Optional.of(new FormMessage(LETTER, "sekisho-code-wait"))));
            return false;
        }
        boolean right = IdentityCodes.of(context.getSession(), context.getRealm())
                .redeemWithoutLogin(customer(), text(LETTER), this::another)
                .isPresent();
        if (right) {
            counted.get().right();
        } else {
            counted.get().wrong();
        }
        return showed(RecoveryMeans.POSTAL_CODE, right, new FormMessage(LETTER, "sekisho-recovery-wrong"));
    }

    /** Not both means are one officer's alone: the letter whose code he was given, and the record that he entered. */
    private boolean another(PostalCode letter) {
        String reader = letter.approver().orElse(letter.officer());
        return records.isEmpty()
                || records.stream().anyMatch(row -> !row.officer().equals(Optional.of(reader)));
    }

    private boolean showed(RecoveryMeans means, boolean right, FormMessage error) {
        if (right) {
            shown.add(customer(), means);
        } else {
            asking.wrong(word(means), page(Optional.of(error)));
        }
        return right;
    }

    /** All that counts for who sits there now. */
    private Set<RecoveryMeans> means() {
        Set<RecoveryMeans> means = EnumSet.noneOf(RecoveryMeans.class);
        means.addAll(shown.by(customer()));
        if (!records.isEmpty()) {
            means.add(RecoveryMeans.IDENTITY_RECORD);
        }
        return means;
    }

    private boolean stopped() {
        if (asking.stopped()) {
            return true;
        }
        boolean locked = asking.locked();
        if (locked) {
            asking.stop("locked");
        }
        return locked;
    }

    private void recovered() {
        Walk walk = asking.walk();
        UserModel user = asking.user().orElseThrow();
        context.setUser(user);
        asking.admitted("passkey-recovery");
        SessionEnd.ofAll(context.getSession(), context.getRealm(), user, context.getEvent());
        if (form.containsKey("remove")) {
            removePasskeys(user);
        }
        Notices.of(context.getSession(), context.getRealm(), policy)
                .tell(
                        user,
                        Notice.PASSKEY_RECOVERED,
                        walk.checkpoint().noticeValues(user).apart());
        asking.enrols(Vouching.RECOVERY);
        Passkeys.of(context.getSession(), context.getRealm())
                .recovered(policy, customer(), walk.decision().orElseThrow().decisionId(), means());
        context.success();
    }

    /** All but what he showed, and only by his choice: a lost one may lie in a drawer. */
    private void removePasskeys(UserModel user) {
        Set<String> kept = Passkeys.of(context.getSession(), context.getRealm())
                .stored(user, ShownPasskeys.of(context.getAuthenticationSession(), user));
        List<CredentialModel> removed = user.credentialManager()
                .getStoredCredentialsByTypeStream(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                .filter(passkey -> !kept.contains(passkey.getId()))
                .toList();
        for (CredentialModel passkey : removed) {
            user.credentialManager().removeStoredCredentialById(passkey.getId());
            context.getEvent()
                    .clone()
                    .event(EventType.REMOVE_CREDENTIAL)
                    .user(user)
                    .detail(Details.CREDENTIAL_TYPE, passkey.getType())
                    .success();
        }
    }

    private Response page(Optional<FormMessage> error) {
        Set<RecoveryMeans> means = means();
        LoginFormsProvider page = new Pages(policy)
                .prepare(passkeys.fillContextForm(context))
                .setAttribute("enough", Recovery.enough(means))
                .setAttribute("shown", means.stream().map(Recovering::word).toList())
                .setAttribute("number", shown.request().number().printed())
                .setAttribute(CERTIFICATE, certificates.presented(context));
        error.ifPresent(page::addError);
        return page.createForm("sekisho-recovery.ftl");
    }

    private String customer() {
        return asking.walk().subject().customer();
    }

    private String text(String field) {
        return Optional.ofNullable(form.getFirst(field)).map(String::strip).orElse("");
    }

    private static String word(RecoveryMeans means) {
        return means.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
