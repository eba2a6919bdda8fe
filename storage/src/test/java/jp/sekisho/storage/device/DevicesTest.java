package jp.sekisho.storage.device;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.evidence.Place;
import jp.sekisho.policies.evidence.UserAgent;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DevicesTest {

    private static final String REALM = "realm";
    private static final String ALICE = "alice's pseudonym";
    private static final String DEVICE = "device";
    private static final Instant NOW = Instant.parse("2026-11-25T01:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Duration REMEMBER = Duration.ofDays(90);
    private static final UserAgent CHROME = new UserAgent("desktop", "Windows", "Chrome", "140");
    private static final UserAgent NEWER = new UserAgent("desktop", "Windows", "Chrome", "141");

    private final Database database = new Database();

    @BeforeEach
    void device() {
        database.run(em -> new Devices(em).create(REALM, DEVICE, "hash", NOW));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void who_is_verified_again_is_remembered_for_longer_and_since_the_first_time() {
        database.run(em -> trust(em, CHROME, place("JP", "Tokyo"), NOW));
        database.run(em -> new Devices(em).rename(DEVICE, ALICE, "at home"));
        database.run(em -> trust(em, NEWER, Optional.empty(), LATER));

        assertThat(remembered()).singleElement().satisfies(one -> {
            assertThat(one.trust())
                    .isEqualTo(new Trust(DEVICE, ALICE, "alice", NOW, LATER, LATER.plus(REMEMBER), NEWER));
            assertThat(one.name()).contains("at home");
            assertThat(one.firstSeenIn()).isEqualTo(place("JP", "Tokyo"));
            assertThat(one.lastSeenIn()).isEmpty();
        });
    }

    /** In two tabs of one browser. */
    @Test
    void who_is_verified_twice_at_the_same_moment_is_remembered_once() {
        database.behind(em -> trust(em, CHROME, Optional.empty(), NOW), em -> {
            trust(em, NEWER, place("JP", "Osaka"), LATER);
            return true;
        });

        assertThat(remembered()).singleElement().satisfies(one -> {
            assertThat(one.trust().firstSeenAt()).isEqualTo(NOW);
            assertThat(one.trust().lastSeenAt()).isEqualTo(LATER);
        });
    }

    private static void trust(EntityManager em, UserAgent agent, Optional<Place> place, Instant now) {
        new Devices(em).trust(REALM, DEVICE, ALICE, "alice", agent, place, now, now.plus(REMEMBER));
    }

    private static Optional<Place> place(String country, String city) {
        return Optional.of(new Place(country, Optional.of(city), Optional.empty()));
    }

    private List<Remembered> remembered() {
        return database.call(em -> new Devices(em).remembered(ALICE, LATER));
    }
}
