package jp.sekisho.authenticators.login;

import java.util.Optional;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.browser.WebAuthnPasswordlessAuthenticator;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.KeycloakSession;

/** Asks for the customer's passkey, and says why. */
// JP25-1
public final class PasskeyAuthenticator extends WebAuthnPasswordlessAuthenticator {

    PasskeyAuthenticator(KeycloakSession session) {
        super(session);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Optional<RealmPolicy> policy = RealmPolicies.of(context.getSession(), context.getRealm());
        LoginFormsProvider form = fillContextForm(context);
        if (policy.isEmpty() || form == null) {
            super.authenticate(context);
            return;
        }
        context.challenge(new Pages(policy.get())
                .withReasons(form, new Walk(context).decision())
                .createForm("sekisho-passkey.ftl"));
    }
}
