package jp.sekisho.checkpoint.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.LoggedLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.component.ComponentModel;

/** A policy that became unreadable behind the server's back, say by hand in the database (decision 12). */
class PolicyProviderFactoryTest {

    private static final String GOOD = "{\"lockout\":{\"first-throttle\":\"PT1S\"}}";
    private static final String BROKEN = "{\"lockout\":{\"lock-after\":0}}";
    private static final String BROKEN_TOO = "{";

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Map<String, Map<String, List<String>>> committed = new HashMap<>();
    private final PolicyProviderFactory factory =
            new PolicyProviderFactory(metrics, (session, id) -> Optional.ofNullable(committed.get(id)));
    private LoggedLines log;

    @BeforeEach
    void start() {
        log = new LoggedLines(PolicyProviderFactory.class);
        factory.init(null);
    }

    @AfterEach
    void stop() {
        factory.close();
        log.close();
    }

    @Test
    void the_last_good_one_stays_in_force_with_an_alarm() {
        RealmPolicy good = read("broker", GOOD);
        assertThat(good.profile().lockout().firstThrottle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(alarms()).isZero();

        assertThat(read("broker", BROKEN)).isEqualTo(good);
        assertThat(alarms()).isEqualTo(1);
        assertThat(log.errors())
                .singleElement()
                .asString()
                .contains("realm broker", "lock-after", good.version() + " stays in force");
    }

    @Test
    void it_is_told_once_a_version_and_the_last_good_one_outlives_more_than_one() {
        RealmPolicy good = read("broker", GOOD);
        for (int login = 0; login < 5; login++) {
            assertThat(read("broker", BROKEN)).isEqualTo(good);
        }
        assertThat(alarms()).isEqualTo(1);
        assertThat(read("broker", BROKEN_TOO)).isEqualTo(good);
        assertThat(alarms()).isEqualTo(2);
        assertThat(log.errors()).hasSize(2);
    }

    @Test
    void a_node_that_never_read_a_good_one_takes_the_shipped_one() {
        RealmPolicy shipped = PolicyDocuments.read(component("shipped", "").getConfig());

        assertThat(read("broker", BROKEN)).isEqualTo(shipped);
        assertThat(alarms()).isEqualTo(1);
        assertThat(log.errors()).singleElement().asString().contains("the shipped profile stays in force");
    }

    @Test
    void another_realm_has_no_part_in_it() {
        RealmPolicy good = read("broker", GOOD);
        read("broker", BROKEN);

        assertThat(read("other", BROKEN)).isNotEqualTo(good);
        assertThat(read("third", GOOD)).isEqualTo(good);
    }

    @Test
    void a_mended_one_is_taken() {
        read("broker", BROKEN);

        assertThat(read("broker", GOOD).profile().lockout().firstThrottle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(alarms()).isEqualTo(1);
    }

    /** Keycloak's update of a component changes the cached one before it is refused. */
    @Test
    void what_is_not_committed_is_not_obeyed() {
        committed.put("policy-of-broker", Map.of(PolicyDocuments.CHANGES, List.of(GOOD)));
        RealmPolicy good = read("broker", GOOD);
        assertThat(read("broker", "{\"lockout\": {\"first-throttle\": \"PT2S\"}}"))
                .isEqualTo(good);

        committed.put(
                "policy-of-broker",
                Map.of(PolicyDocuments.CHANGES, List.of("{\"lockout\": {\"first-throttle\": \"PT2S\"}}")));
        assertThat(read("broker", "{\"lockout\": {\"first-throttle\": \"PT2S\"}}")
                        .profile()
                        .lockout()
                        .firstThrottle())
                .isEqualTo(Duration.ofSeconds(2));
    }

    private RealmPolicy read(String realm, String changes) {
        return factory.create(null, component(realm, changes)).policy();
    }

    private double alarms() {
        return metrics.get("sekisho.policy.unreadable").functionCounter().count();
    }

    private static ComponentModel component(String realm, String changes) {
        ComponentModel component = new ComponentModel();
        component.setId("policy-of-" + realm);
        component.setParentId(realm);
        component.put(PolicyDocuments.CHANGES, changes);
        return component;
    }
}
