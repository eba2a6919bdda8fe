package jp.sekisho.authenticators.password;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.checkpoint.interim.Interim;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.password.Birthday;
import jp.sekisho.policies.password.Fault;
import jp.sekisho.policies.password.OwnData;
import jp.sekisho.policies.password.Passwords;
import jp.sekisho.policies.password.Refusal;
import jp.sekisho.policies.profile.Profile;
import jp.sekisho.policies.risk.Level;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;
import org.keycloak.policy.PasswordPolicyProvider;
import org.keycloak.policy.PolicyError;

/** Judges new passwords by the rules of the realm's profile; wherever Keycloak sets one, this is asked. */
// FFAJ-1.2-S1
final class PasswordRulesProvider implements PasswordPolicyProvider {

    /** Birthdays in a form that is not known here: passwords are not compared with them. */
    private static final Counter UNREAD = Metrics.globalRegistry.counter("sekisho.passwords.birthdays.unread");

    private final KeycloakSession session;
    private final Predicate<String> blocked;
    private final ToDoubleBiFunction<String, List<String>> strength;

    PasswordRulesProvider(
            KeycloakSession session, Predicate<String> blocked, ToDoubleBiFunction<String, List<String>> strength) {
        this.session = session;
        this.blocked = blocked;
        this.strength = strength;
    }

    @Override
    public PolicyError validate(RealmModel realm, UserModel user, String password) {
        return judge(realm, password, ownData(user), policy -> isMultiFactor(realm, policy, user));
    }

    /** A user who does not exist yet, of whom nothing but the name is known. */
    @Override
    public PolicyError validate(String user, String password) {
        OwnData own = new OwnData(
                Optional.ofNullable(user).stream().toList(), Optional.empty(), List.of(), List.of(), List.of());
        return judge(session.getContext().getRealm(), password, own, policy -> false);
    }

    private PolicyError judge(RealmModel realm, String password, OwnData own, Predicate<RealmPolicy> mfa) {
        return RealmPolicies.of(session, realm)
                .flatMap(policy -> new Passwords(policy.profile().passwords(), blocked, strength)
                        .refusal(password, own, mfa.test(policy)))
                .map(PasswordRulesProvider::told)
                .orElse(null);
    }

    private static PolicyError told(Refusal refusal) {
        String key = key(refusal.fault());
        return refusal.number().isPresent()
                ? new PolicyError(key, refusal.number().getAsInt())
                : new PolicyError(key);
    }

    /** The words of a fault. */
    static String key(Fault fault) {
        return "sekisho-password-" + fault.code();
    }

    /** Of a trading password, which is always typed after a login: it is never the only factor, nor ever a second one. */
    Optional<PolicyError> refusalOfTradingPassword(Profile profile, UserModel user, String password) {
        return new Passwords(profile.tradingPassword().beside(profile.passwords()), blocked, strength)
                .refusal(password, ownData(user), false)
                .map(PasswordRulesProvider::told);
    }

    /**
     * Whether the password is never enough for this customer, now and in a time in which he may still use it. A code by mail
     * is no second factor: NIST SP 800-63B-4 §3.1.3.1.
     */
    // JP25-4, JP25-5
    private boolean isMultiFactor(RealmModel realm, RealmPolicy policy, UserModel user) {
        boolean always = policy.profile().requirement(Operation.LOGIN, Level.LOW) != Requirement.NOTHING
                && (policy.profile().interimRequirement(Operation.LOGIN, Level.LOW) != Requirement.NOTHING
                        || isExempt(realm, policy, user));
        return !policy.monitor()
                && always
                && (user.credentialManager().isConfiguredFor(WebAuthnCredentialModel.TYPE_PASSWORDLESS)
                        || user.credentialManager().isConfiguredFor(OTPCredentialModel.TYPE));
    }

    /** By exemption he shows his other factor at each login. */
    private boolean isExempt(RealmModel realm, RealmPolicy policy, UserModel user) {
        String customer = Customers.pseudonym(session, realm, user);
        Instant now = CustomerFile.of(session, realm, customer).now();
        return Interim.of(session, realm, policy)
                .permit(customer, user, now)
                .filter(permit -> permit.kind() == Interim.Kind.EXEMPTION)
                .isPresent();
    }

    /** Firms name attributes as they like: one counts for what its name says. */
    private static OwnData ownData(UserModel user) {
        List<String> names = new ArrayList<>(List.of(user.getUsername()));
        List<String> phones = new ArrayList<>();
        List<String> mails = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        List<String> birthdays = new ArrayList<>();
        for (Map.Entry<String, List<String>> attribute : user.getAttributes().entrySet()) {
            String name = attribute.getKey().toLowerCase(Locale.ROOT);
            List<String> values = attribute.getValue().stream()
                    .filter(value -> value != null && !value.isBlank())
                    .toList();
            if (says(name, "birth")) {
                birthdays.addAll(values);
            } else if (says(name, "phone", "mobile", "tel")) {
                phones.addAll(values);
            } else if (says(name, "mail")) {
                mails.addAll(values);
            } else if (says(name, "number", "account")) {
                numbers.addAll(values);
            } else if (says(name, "name")) {
                names.addAll(values);
            }
        }
        List<LocalDate> days = birthdays.stream()
                .flatMap(birthday -> Birthday.read(birthday).stream())
                .toList();
        if (days.size() < birthdays.size()) {
            UNREAD.increment(birthdays.size() - days.size());
        }
        return new OwnData(names, days.stream().findFirst(), phones, mails, numbers);
    }

    private static boolean says(String attribute, String... words) {
        return Stream.of(words).anyMatch(attribute::contains);
    }

    @Override
    public Object parseConfig(String value) {
        return null;
    }

    @Override
    public void close() {}
}
