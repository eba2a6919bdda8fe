package jp.sekisho.checkpoint.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import jp.sekisho.policies.anomaly.AnomalyPolicy;
import jp.sekisho.policies.anomaly.Collected;
import jp.sekisho.policies.anomaly.Particular;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.lockout.LockoutPolicy;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.passkey.PasskeyRule;
import jp.sekisho.policies.password.PasswordPolicy;
import jp.sekisho.policies.password.RuleSet;
import jp.sekisho.policies.profile.Profile;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.risk.RiskPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.common.util.MultivaluedHashMap;

class PolicyDocumentsTest {

    @Test
    void an_empty_component_means_the_shipped_profile_enforced() {
        RealmPolicy policy = PolicyDocuments.read(config());
        assertThat(policy.profileId()).isEqualTo("jp-2025");
        assertThat(policy.monitor()).isFalse();
        assertThat(policy.profile().requirement(Operation.LOGIN, Level.HIGH)).isEqualTo(Requirement.PHISHING_RESISTANT);
        assertThat(policy.profile().requirement(Operation.WITHDRAWAL, Level.LOW))
                .isEqualTo(Requirement.PHISHING_RESISTANT);
        assertThat(policy.profile().lockout())
                .isEqualTo(new LockoutPolicy(
                        5, Duration.ofSeconds(30), Duration.ofHours(1), 10, Duration.ofHours(24), 100));
        assertThat(policy.profile().risk()).isEqualTo(RiskPolicy.standard());
    }

    // FFAJ-3-S2
    @Test
    void what_apps_cannot_know_is_said_one_by_one() {
        AnomalyPolicy shipped = PolicyDocuments.read(config()).profile().anomaly();
        assertThat(shipped).isEqualTo(AnomalyPolicy.standard());
        AnomalyPolicy changed =
                PolicyDocuments.read(config("changes", """
                        {"anomaly": {"collected": {"DAILY_TURNOVER": "WHERE_KNOWN"},
                         "signals": {"paths": {"WITHDRAWAL": ["withdrawal", "withdrawal-confirm"]}}}}""")).profile().anomaly();
        assertThat(changed.collected()).hasSameSizeAs(shipped.collected());
        assertThat(changed.collected()).containsEntry(Particular.DAILY_TURNOVER, Collected.WHERE_KNOWN);
        assertThat(changed.collected()).containsEntry(Particular.AMOUNT, Collected.ALWAYS);
        assertThat(changed.signals().paths())
                .containsEntry(Operation.WITHDRAWAL, List.of("withdrawal", "withdrawal-confirm"));
    }

    // JP25-1
    @Test
    void jp_2025_begins_with_the_passkey_and_knows_who_may_still_use_a_password() {
        Profile profile = PolicyDocuments.read(config("profile", "jp-2025")).profile();
        for (Level level : Level.values()) {
            assertThat(profile.requirement(Operation.LOGIN, level)).isEqualTo(Requirement.PHISHING_RESISTANT);
        }
        assertThat(profile.interimRequirement(Operation.LOGIN, Level.LOW)).isEqualTo(Requirement.STRONGEST_FACTOR);
        assertThat(profile.interimRequirement(Operation.LOGIN, Level.MEDIUM)).isEqualTo(Requirement.STRONGEST_FACTOR);
        assertThat(profile.interimRequirement(Operation.LOGIN, Level.HIGH)).isEqualTo(Requirement.PHISHING_RESISTANT);
        assertThat(profile.passkeysFirst()).isTrue();
        assertThat(profile.passwordsOffered()).isTrue();
        assertThat(profile.passkeyRule(Operation.LOGIN)).isEqualTo(PasskeyRule.ANY);
        assertThat(profile.passkeyRule(Operation.WITHDRAWAL)).isEqualTo(PasskeyRule.ANY);

        Profile passkeysOnly = PolicyDocuments.read(config(
                        "changes",
                        "{\"interim\":{\"LOGIN\":{\"LOW\":\"PHISHING_RESISTANT\",\"MEDIUM\":\"PHISHING_RESISTANT\"}}}"))
                .profile();
        assertThat(passkeysOnly.passwordsOffered()).isFalse();
    }

    @Test
    void ffaj_2021_has_nothing_interim() {
        Profile profile = PolicyDocuments.read(config("profile", "ffaj-2021")).profile();
        for (Level level : Level.values()) {
            assertThat(profile.interimRequirement(Operation.LOGIN, level))
                    .isEqualTo(profile.requirement(Operation.LOGIN, level));
        }
        assertThat(profile.passkeysFirst()).isFalse();
        assertThat(profile.passwordsOffered()).isTrue();
    }

    @Test
    void changes_are_laid_over_the_profile_and_change_the_version() {
        RealmPolicy shipped = PolicyDocuments.read(config());
        RealmPolicy changed = PolicyDocuments.read(config("changes", "{\"lockout\":{\"first-throttle\":\"PT1S\"}}"));
        assertThat(changed.profile().lockout().firstThrottle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(changed.profile().lockout().lockAfter()).isEqualTo(10);
        assertThat(changed.version()).isNotEqualTo(shipped.version()).startsWith("jp-2025:");
    }

    @Test
    void rules_of_passwords_have_names_and_the_policy_may_say_otherwise() {
        PasswordPolicy nist = passwords("{}");
        assertThat(nist).isEqualTo(new PasswordPolicy(RuleSet.NIST_63B4, 15, 8, false, 10, List.of()));
        PasswordPolicy ffaj = passwords("{\"passwords\":{\"rules\":\"ffaj-2021\"}}");
        assertThat(ffaj).isEqualTo(new PasswordPolicy(RuleSet.FFAJ_2021, 12, 12, true, 0, List.of()));
        PasswordPolicy own =
                passwords("{\"passwords\":{\"rules\":\"ffaj-2021\",\"length\":14,\"words\":[\"Sekisho\"]}}");
        assertThat(own).isEqualTo(new PasswordPolicy(RuleSet.FFAJ_2021, 14, 12, true, 0, List.of("Sekisho")));
        assertThat(PolicyDocuments.read(config("profile", "ffaj-2021"))
                        .profile()
                        .passwords())
                .isEqualTo(ffaj);
    }

    private static PasswordPolicy passwords(String changes) {
        return PolicyDocuments.read(config("changes", changes)).profile().passwords();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "profile; jp-1999; profile",
                "mode; maybe; mode",
                "changes; {; JSON",
                "changes; {\"lockout\":{\"lock-after\":1000}}; lock-after",
                "changes; {\"lockout\":{\"lock-aftr\":7}}; lock-aftr",
                "changes; {\"risk\":{\"mixture\":{\"imitator\":0.9}}}; mixture",
                "changes; {\"requirements\":{\"LOGIN\":{\"HIGH\":\"NOTHING\"}}}; requirements.LOGIN",
                "changes; {\"interim\":{\"LOGIN\":{\"LOW\":\"REFUSED\"}}}; interim.LOGIN",
                "changes; {\"enrolment\":{\"known-device\":\"PT1H\"}}; enrolment.known-device",
                "changes; {\"passkey\":{\"LOGIN\":\"THIRD\"}}; passkey",
                "changes; {\"device\":{\"remember\":\"soon\"}}; device.remember",
                "changes; {\"notices\":{\"choices\":{\"FROZEN\":\"DEFAULT_OFF\"}}}; notices.choices.FROZEN",
                "changes; {\"notices\":{\"choices\":{\"PASSWORD_CHANGED\":\"DEFAULT_ON\"}}}; notices.choices.PASSWORD_CHANGED",
                "changes; {\"requirements\":{\"TRADE\":{\"HIGH\":\"NOTHING\"}}}; requirements.TRADE",
                "changes; {\"operations\":{\"payee-wait\":\"P15D\"}}; operations.payee-wait",
                "changes; {\"operations\":{\"mode\":{\"LOGIN\":\"monitor\"}}}; operations.mode.LOGIN",
                "changes; {\"operations\":{\"mode\":{\"TRADE\":\"MONITOR\"}}}; operations.mode",
                "changes; {\"operations\":{\"trading-password\":\"NEVER\"}}; operations.trading-password",
                "changes; {\"identity\":{\"longest-ago\":\"P3651D\"}}; identity.longest-ago",
                "changes; {\"passwords\":{\"rules\":\"nist-63b3\"}}; passwords.rules",
                "changes; {\"passwords\":{\"rules\":\"NIST_63B4\"}}; passwords.rules",
                "changes; {\"freeze\":{\"stop-wait\":\"PT61S\"}}; freeze.stop-wait",
            })
    void what_cannot_be_meant_is_refused_by_name(String key, String value, String named) {
        assertThatThrownBy(() -> PolicyDocuments.read(config(key, value)))
                .isInstanceOf(UnreadablePolicyException.class)
                .hasMessageStartingWith("sekisho-policy: ")
                .hasMessageContaining(named);
    }

    private static MultivaluedHashMap<String, String> config(String... pairs) {
        MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            config.putSingle(pairs[i], pairs[i + 1]);
        }
        return config;
    }
}
