package jp.sekisho.authenticators.reset;

import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.identity.IdentityCodes;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.session.SessionEnd;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.identity.PostalCode;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/** The first passkey of a customer whom the firm identified: who has one already, needs it or two means in place of it. */
// JP25-1
final class FirstPasskey {

    private final AuthenticationFlowContext context;
    private final RealmPolicy policy;
    private final Asking asking;

    FirstPasskey(AuthenticationFlowContext context, RealmPolicy policy, Asking asking) {
        this.context = context;
        this.policy = policy;
        this.asking = asking;
    }

    /** Tries the code. @return whether it was right; the customer enrols his passkey then */
    boolean redeem(String typed) {
        KeycloakSession session = context.getSession();
        RealmModel realm = context.getRealm();
        UserModel user = asking.user().orElseThrow();
        String customer = asking.walk().subject().customer();
        Optional<PostalCode> letter = IdentityCodes.of(session, realm)
                .redeemWithoutLogin(customer, typed, right -> may(user) && serves(right));
        if (letter.isEmpty()) {
            return false;
        }
        // It was a stranger's, as may be a session, or is done without.
        if (Passkeys.of(session, realm).endProvisional(customer, Map.of("why", "letter")) > 0) {
            SessionEnd.ofAll(session, realm, user, context.getEvent());
        }
        context.setUser(user);
        Notices.of(session, realm, policy)
                .tell(
                        user,
                        Notice.IDENTITY_VERIFIED,
                        session.getProvider(Checkpoint.class).noticeValues(user));
        asking.admitted("first-passkey");
        asking.enrols(ofTwo(letter.get()) ? Vouching.IDENTIFIED : Vouching.LETTER);
        context.success();
        return true;
    }

    private boolean may(UserModel user) {
        return user.isEnabled() && !holdsOne(user) && !asking.locked();
    }

    /** One officer alone enrols nobody where a passkey counts at once. */
    private boolean serves(PostalCode letter) {
        return ofTwo(letter) || !policy.profile().enrolment().provisional().isZero();
    }

    private static boolean ofTwo(PostalCode letter) {
        return letter.approver().isPresent();
    }

    private boolean holdsOne(UserModel user) {
        return user.credentialManager().isConfiguredFor(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                && !Passkeys.of(context.getSession(), context.getRealm()).onlyProvisional(user);
    }
}
