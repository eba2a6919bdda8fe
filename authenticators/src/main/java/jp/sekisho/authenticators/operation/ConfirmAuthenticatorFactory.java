package jp.sekisho.authenticators.operation;

import java.util.Set;
import jp.sekisho.authenticators.login.StepFactory;
import jp.sekisho.policies.lockout.Attempt;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;

/** Thin edge to Keycloak. */
public final class ConfirmAuthenticatorFactory extends StepFactory {

    public static final String ID = "sekisho-confirm";

    public ConfirmAuthenticatorFactory() {
        super(
                ID,
                "Sekisho: confirm an operation",
                "Shows the operation that an app asks about, and has it signed, or what the profile asks for typed.");
    }

    /** Keycloak's account console shows a kind of credential only where a step of some flow names it. */
    @Override
    public Set<String> getOptionalReferenceCategories(KeycloakSession session) {
        return Set.of(Attempt.TRADING_PASSWORD);
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new ConfirmAuthenticator(session);
    }
}
