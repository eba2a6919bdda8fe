package jp.sekisho.authenticators.reset;

import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.authenticators.login.Pages;
import jp.sekisho.authenticators.login.Step;
import jp.sekisho.authenticators.login.Walk;
import jp.sekisho.checkpoint.code.Verdict;
import jp.sekisho.checkpoint.decision.Result;
import jp.sekisho.checkpoint.identity.IdentityCodes;
import jp.sekisho.checkpoint.identity.IdentityCodes.Redemption;
import jp.sekisho.checkpoint.lock.Guard;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.session.SessionEnd;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.recovery.Recovery;
import jp.sekisho.policies.recovery.RecoveryMeans;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.models.utils.FormMessage;

/**
 * A lost passkey: a recovery code that was saved, then the code of a letter to the registered address. The letter is tried
 * only for who had the first, so that no stranger can use up its tries. It ends in a new passkey and in no session.
 */
// JP25-1, JP25-3
public final class RecoveryAuthenticator implements Step {

    private static final String CODE = "recovery-code";
    private static final String LETTER = "postal-code";

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        if (policy.isEmpty() || !Asking.lostPasskey(context)) {
            context.success();
        } else {
            context.challenge(page(context, policy.get(), Optional.empty()));
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        RealmPolicy policy = RealmPolicies.of(context.getSession(), context.getRealm())
                .orElseThrow(() -> new IllegalStateException("the policy was removed"));
        Asking asking = Asking.again(context, policy);
        MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
        Set<RecoveryMeans> shown = EnumSet.noneOf(RecoveryMeans.class);
        if (!Asking.showedRecoveryCode(context)) {
            Verdict verdict = asking.recoveryCode(text(form, CODE));
            if (verdict.refused().isPresent() || verdict.began().isPresent()) {
                verdict.began().ifPresent(lock -> asking.walk().conclude(0, Result.FAILED, Optional.of(CODE)));
                asking.refuse(verdict);
                return;
            }
            if (!verdict.passed()) {
                wrong(context, policy, asking, CODE);
                return;
            }
        }
        // Neither a freeze nor a lock uses up the letter.
        if (asking.stopped()) {
            return;
        }
        String customer = asking.walk().subject().customer();
        if (Guard.of(context.getSession(), context.getRealm(), policy).locked(customer, Operation.LOGIN)) {
            asking.stop("locked");
            return;
        }
        shown.add(RecoveryMeans.RECOVERY_CODE);
        Redemption letter =
                IdentityCodes.of(context.getSession(), context.getRealm()).redeem(customer, text(form, LETTER));
        if (letter == Redemption.REDEEMED) {
            shown.add(RecoveryMeans.POSTAL_CODE);
        }
        if (Recovery.enough(shown)) {
            recovered(context, policy, asking, form.containsKey("remove"));
        } else {
            wrong(context, policy, asking, LETTER);
        }
    }

    private static void recovered(
            AuthenticationFlowContext context, RealmPolicy policy, Asking asking, boolean removeOld) {
        Walk walk = asking.walk();
        UserModel user = asking.user().orElseThrow();
        context.setUser(user);
        SessionEnd.ofAll(context.getSession(), context.getRealm(), user, context.getEvent());
        if (removeOld) {
            removePasskeys(context, user);
        }
        Notices.of(context.getSession(), context.getRealm(), policy)
                .tell(user, Notice.PASSKEY_RECOVERED, walk.checkpoint().noticeValues(user));
        LetterAuthenticator.enrols(context, walk, Vouching.RECOVERY, "passkey-recovery");
        context.success();
    }

    /** Only by the customer's choice: it may lie in a drawer. */
    private static void removePasskeys(AuthenticationFlowContext context, UserModel user) {
        List<CredentialModel> passkeys = user.credentialManager()
                .getStoredCredentialsByTypeStream(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                .toList();
        for (CredentialModel passkey : passkeys) {
            user.credentialManager().removeStoredCredentialById(passkey.getId());
            context.getEvent()
                    .clone()
                    .event(EventType.REMOVE_CREDENTIAL)
                    .user(user)
                    .detail(Details.CREDENTIAL_TYPE, passkey.getType())
                    .success();
        }
    }

    private static void wrong(AuthenticationFlowContext context, RealmPolicy policy, Asking asking, String what) {
        Walk walk = asking.walk();
        walk.conclude(0, Result.FAILED, Optional.of(what));
        walk.tell(context.getEvent(), walk.decision().orElseThrow());
        asking.user().ifPresent(context.getEvent()::user);
        context.getEvent().error(Errors.INVALID_USER_CREDENTIALS);
        FormMessage error = new FormMessage(what, "sekisho-recovery-wrong");
        context.failureChallenge(
                AuthenticationFlowError.INVALID_CREDENTIALS, page(context, policy, Optional.of(error)));
    }

    private static Response page(AuthenticationFlowContext context, RealmPolicy policy, Optional<FormMessage> error) {
        LoginFormsProvider form =
                new Pages(policy).prepare(context.form()).setAttribute("codeShown", Asking.showedRecoveryCode(context));
        error.ifPresent(form::addError);
        return form.createForm("sekisho-recovery.ftl");
    }

    private static String text(MultivaluedMap<String, String> form, String field) {
        return Optional.ofNullable(form.getFirst(field)).map(String::strip).orElse("");
    }
}
