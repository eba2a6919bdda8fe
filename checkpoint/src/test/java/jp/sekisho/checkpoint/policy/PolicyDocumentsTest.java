package jp.sekisho.checkpoint.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.lockout.LockoutPolicy;
import jp.sekisho.policies.operation.Operation;
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
                .isEqualTo(Requirement.REFUSED);
        assertThat(policy.profile().lockout())
                .isEqualTo(new LockoutPolicy(
                        5, Duration.ofSeconds(30), Duration.ofHours(1), 10, Duration.ofHours(24), 100));
        assertThat(policy.profile().risk()).isEqualTo(RiskPolicy.standard());
    }

    @Test
    void changes_are_laid_over_the_profile_and_change_the_version() {
        RealmPolicy shipped = PolicyDocuments.read(config());
        RealmPolicy changed = PolicyDocuments.read(config("changes", "{\"lockout\":{\"first-throttle\":\"PT1S\"}}"));
        assertThat(changed.profile().lockout().firstThrottle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(changed.profile().lockout().lockAfter()).isEqualTo(10);
        assertThat(changed.version()).isNotEqualTo(shipped.version()).startsWith("jp-2025:");
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
                "changes; {\"device\":{\"remember\":\"soon\"}}; device.remember",
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
