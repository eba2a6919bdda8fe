package jp.sekisho.checkpoint.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedSet;
import jp.sekisho.policies.lowering.Lowering;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;

/** What of a component is lower than the one in force. */
class PolicyLoweringTest {

    private static final String EVERYTHING = """
            {"passwords": {"words": ["sekisho"]}, "risk": {"operations": {"TRADE": 1}},
             "anomaly": {"signals": {"paths": {"WITHDRAWAL": ["withdrawal"]}}},
             "migration": {"stages": [{"from": "2026-04-01", "ask": "CLOSED", "whom": "EVERYBODY"}]}}""";

    /** Whoever adds a key to the policy says in the table which way it is lowered. */
    @ParameterizedTest
    @ValueSource(strings = {"jp-2025", "ffaj-2021"})
    void theTableKnowsEveryKey(String profile) {
        Map<String, String> keys = PolicyDocuments.keys(config(Map.of(
                "profile", profile,
                "changes", EVERYTHING,
                "contact-name", "お客さまセンター",
                "contact-phone", "0120-000-000",
                "contact-hours", "平日",
                "webhook-url", "https://hooks.example/hook",
                "webhook-secret", "${vault.current}",
                "webhook-previous-secret", "${vault.previous}")));

        assertThat(keys).hasSizeGreaterThan(150);
        assertThat(keys.keySet())
                .allSatisfy(key -> assertThat(Lowering.direction(key)).as(key).isPresent());
    }

    @Test
    void theOlderProfileIsLower() {
        assertThat(lowered(Map.of(), Map.of("profile", "ffaj-2021"))).contains("requirements.LOGIN.LOW");
        assertThat(lowered(Map.of(), Map.of("profile", "jp-2025"))).isEmpty();
    }

    @Test
    void theSamePolicyUnderAnotherProfilesNameIsNot() {
        assertThat(lowered(Map.of("changes", "{}"), Map.of("changes", "{\"lockout\": {\"lock-after\": 10}}")))
                .isEmpty();
    }

    @Test
    void otherRulesOfPasswordsAreLowerWhereTheirNumbersAre() {
        assertThat(lowered(Map.of(), Map.of("changes", "{\"passwords\": {\"rules\": \"ffaj-2021\"}}")))
                .containsExactly("passwords.length", "passwords.strength");
    }

    @Test
    void monitoringOnlyIsLower() {
        assertThat(lowered(Map.of(), Map.of("mode", "monitor"))).containsExactly("mode");
        assertThat(lowered(Map.of("mode", "monitor"), Map.of())).isEmpty();
    }

    @Test
    void monitoringOneOperationOnlyIsLower() {
        Map<String, String> monitored = Map.of("changes", "{\"operations\": {\"mode\": {\"TRADE\": \"monitor\"}}}");
        assertThat(lowered(Map.of(), monitored)).containsExactly("operations.mode.TRADE");
        assertThat(lowered(monitored, Map.of())).isEmpty();
    }

    @Test
    void anOperationThatIsOpenedWiderIsLower() {
        String open = """
                {"interim": {"CREDENTIAL_CHANGE": {"LOW": "NOTHING", "MEDIUM": "NOTHING", "HIGH": "REFUSED"}}}""";
        assertThat(lowered(Map.of(), Map.of("changes", open)))
                .contains("interim.CREDENTIAL_CHANGE.LOW", "interim.CREDENTIAL_CHANGE.MEDIUM")
                .doesNotContain("interim.CREDENTIAL_CHANGE.HIGH");
        assertThat(lowered(Map.of("changes", open), Map.of())).isEmpty();
    }

    @Test
    void aNoticeThatCanBeSwitchedOffIsLower() {
        assertThat(lowered(
                        Map.of(), Map.of("changes", "{\"notices\": {\"choices\": {\"NEW_DEVICE\": \"DEFAULT_ON\"}}}")))
                .containsExactly("notices.choices.NEW_DEVICE");
    }

    @Test
    void whatIsInForceUnreadablyCountsAsTheShippedProfile() {
        ComponentModel broken = component(Map.of("changes", "{"));
        assertThat(PolicyChanges.lowered(broken, config(Map.of("profile", "ffaj-2021"))))
                .isNotEmpty();
        assertThat(PolicyChanges.lowered(broken, config(Map.of()))).isEmpty();
    }

    private static SortedSet<String> lowered(Map<String, String> before, Map<String, String> after) {
        return PolicyChanges.lowered(component(before), config(after));
    }

    private static ComponentModel component(Map<String, String> config) {
        ComponentModel component = new ComponentModel();
        component.setConfig(config(config));
        return component;
    }

    private static MultivaluedHashMap<String, String> config(Map<String, String> values) {
        MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>();
        values.forEach(config::putSingle);
        return config;
    }
}
