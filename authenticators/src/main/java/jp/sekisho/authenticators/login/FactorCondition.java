package jp.sekisho.authenticators.login;

import java.util.Map;
import jp.sekisho.policies.factor.Factor;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Whether the customer is asked for the factor that this part of the flow is about. */
public final class FactorCondition implements ConditionalAuthenticator {

    static final String FACTOR = "factor";

    @Override
    public boolean matchCondition(AuthenticationFlowContext context) {
        AuthenticatorConfigModel config = context.getAuthenticatorConfig();
        Map<String, String> values = config == null ? Map.of() : config.getConfig();
        Walk walk = new Walk(context);
        return walk.asked()
                // Who was just linked to his identity provider has shown it; of passkeys it may be another one that is
                // asked for.
                .filter(asked -> asked == Factor.PASSKEY || !walk.shown().contains(asked))
                .map(Factor::name)
                .filter(asked -> asked.equals(values.get(FACTOR)))
                .isPresent();
    }

    @Override
    public void action(AuthenticationFlowContext context) {}

    @Override
    public boolean requiresUser() {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

    @Override
    public void close() {}
}
