package jp.sekisho.authenticators.reset;

import java.util.Optional;
import jp.sekisho.authenticators.login.CertificateAuthenticator;
import jp.sekisho.authenticators.login.Step;
import jp.sekisho.checkpoint.address.ClientAddresses;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.KeycloakSession;

/**
 * A lost passkey: two independent means of five, shown in one tab one after the other. What a customer has is told to nobody:
 * the same is offered to whatever name. It ends in a new passkey and in no session.
 */
// JP25-1, JP25-3
public final class RecoveryAuthenticator implements Step {

    private final OtherPasskey passkeys;
    private final CertificateAuthenticator certificates = new CertificateAuthenticator();
    private final ClientAddresses addresses;

    RecoveryAuthenticator(KeycloakSession session, ClientAddresses addresses) {
        this.passkeys = new OtherPasskey(session);
        this.addresses = addresses;
    }

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
            recovering(context, policy.get()).ask();
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        RealmPolicy policy = RealmPolicies.of(context.getSession(), context.getRealm())
                .orElseThrow(() -> new IllegalStateException("the policy was removed"));
        recovering(context, policy).answered();
    }

    private Recovering recovering(AuthenticationFlowContext context, RealmPolicy policy) {
        return new Recovering(context, policy, passkeys, certificates, addresses);
    }
}
