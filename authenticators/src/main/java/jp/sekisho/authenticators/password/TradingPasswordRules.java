package jp.sekisho.authenticators.password;

import java.util.Optional;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.password.Fault;
import jp.sekisho.policies.password.Likeness;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.policy.PasswordPolicyProvider;

/** Judges new trading passwords, in the words of a page. */
// FFAJ-1.3-B1, FFAJ-1.4-S1
public final class TradingPasswordRules {

    private final PasswordRulesProvider rules;
    private final RealmPolicy policy;

    private TradingPasswordRules(PasswordRulesProvider rules, RealmPolicy policy) {
        this.rules = rules;
        this.policy = policy;
    }

    public static TradingPasswordRules of(KeycloakSession session, RealmPolicy policy) {
        return new TradingPasswordRules(
                (PasswordRulesProvider)
                        session.getProvider(PasswordPolicyProvider.class, PasswordRulesProviderFactory.ID),
                policy);
    }

    /** Why it is not good, by itself. */
    public Optional<FormMessage> refusal(UserModel user, String field, String password) {
        return rules.refusalOfTradingPassword(policy.profile(), user, password)
                .map(error -> new FormMessage(field, error.getMessage(), error.getParameters()));
    }

    /** The same of one that is like the login password, of who typed both. */
    public static Optional<FormMessage> likeness(String field, String password, String loginPassword) {
        return Likeness.between(password, loginPassword)
                ? Optional.of(new FormMessage(field, PasswordRulesProvider.key(Fault.LIKE_ANOTHER)))
                : Optional.empty();
    }
}
