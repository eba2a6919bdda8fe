package jp.sekisho.authenticators.login;

import java.util.Set;
import jp.sekisho.policies.lockout.Attempt;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class AdmitAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-admit";

    private static final AdmitAuthenticator STEP = new AdmitAuthenticator();

    public AdmitAuthenticatorFactory() {
        super(
                ID,
                "Sekisho: admit",
                "Records the login, hands out the device token, tells the customer. Last step of the flow.");
    }

    /** Keycloak's account console shows a kind of credential only where a step of some flow names it. */
    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Set.of(Attempt.TRADING_PASSWORD);
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return STEP;
    }
}
