package jp.sekisho.storage.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jp.sekisho.storage.customer.CustomerState;
import jp.sekisho.storage.schema.Database;
import jp.sekisho.storage.session.Logouts.Logout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

// JP25-11
class LogoutsTest {

    private static final String REALM = "realm";
    private static final Instant NOW = Instant.parse("2026-11-25T01:00:00Z");
    private static final Duration HOLD = Duration.ofSeconds(30);

    private final Database database = new Database();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_is_due_is_taken_once_until_it_is_done_or_due_again() {
        put("alice", "app-1");
        put("alice", "app-2");

        List<Logout> first = take(NOW);

        assertThat(first).extracting(Logout::clientId).containsExactlyInAnyOrder("app-1", "app-2");
        assertThat(first).allSatisfy(due -> {
            assertThat(due.sessionId()).isEqualTo("session");
            assertThat(due.userId()).isEqualTo("alice");
            assertThat(due.issuer()).isEqualTo("https://id.example/realms/realm");
            assertThat(due.endedAt()).isEqualTo(NOW);
        });
        assertThat(take(NOW)).as("held").isEmpty();
        database.run(em -> new Logouts(em).done(first.get(0).id()));
        database.run(em -> new Logouts(em).again(first.get(1).id(), NOW.plusSeconds(5)));
        assertThat(take(NOW.plusSeconds(4))).isEmpty();
        assertThat(take(NOW.plusSeconds(5)))
                .extracting(Logout::id)
                .containsExactly(first.get(1).id());
    }

    @Test
    void it_outlives_its_user_and_goes_with_its_realm() {
        put("alice", "app-1");
        put("bob", "app-1");

        database.run(em -> new CustomerState(em).deleteCustomer(REALM, "alice's pseudonym", "alice", NOW));
        assertThat(take(NOW)).extracting(Logout::userId).containsExactlyInAnyOrder("alice", "bob");
        database.run(em -> new CustomerState(em).deleteRealm(REALM));
        assertThat(take(NOW.plus(HOLD))).isEmpty();
    }

    private void put(String user, String client) {
        database.run(em -> new Logouts(em).put(REALM, user, "session", client, "https://id.example/realms/realm", NOW));
    }

    private List<Logout> take(Instant now) {
        return database.call(em -> new Logouts(em).take(now, HOLD, 10));
    }
}
