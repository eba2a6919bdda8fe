package jp.sekisho.authenticators.reset;

import java.util.Map;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.identity.IdentityCodes;
import jp.sekisho.checkpoint.identity.IdentityCodes.Redemption;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.session.SessionEnd;
import jp.sekisho.policies.enrolment.Circumstances.Vouching;
import jp.sekisho.policies.notice.Notice;
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
        if (!user.isEnabled()
                || holdsOne(user)
                || asking.locked()
                || IdentityCodes.of(session, realm).redeem(customer, typed) != Redemption.REDEEMED) {
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
        asking.enrols(Vouching.IDENTIFIED, "first-passkey");
        context.success();
        return true;
    }

    private boolean holdsOne(UserModel user) {
        return user.credentialManager().isConfiguredFor(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                && !Passkeys.of(context.getSession(), context.getRealm()).onlyProvisional(user);
    }
}
