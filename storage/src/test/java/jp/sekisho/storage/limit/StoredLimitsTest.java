package jp.sekisho.storage.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.policies.limit.Limits;
import jp.sekisho.policies.limit.Standing;
import jp.sekisho.storage.customer.CustomerState;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredLimitsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");
    private static final Limits ALL = new Limits(true, true, Optional.of(1_000_000L), true);

    private final Database database = new Database();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        assertThat(of("alice")).isEqualTo(Standing.NONE);
        Standing loosening = set("alice", Standing.NONE.after(ALL, NOW, Duration.ofHours(24)))
                .after(new Limits(false, true, Optional.of(2_000_000L), true), NOW, Duration.ofHours(24));
        assertThat(of("alice")).isEqualTo(new Standing(ALL, Optional.empty()));
        set("alice", loosening);
        assertThat(of("alice")).isEqualTo(loosening);
        assertThat(of("bob")).isEqualTo(Standing.NONE);
    }

    @Test
    void theyGoWithTheirCustomerAndRealm() {
        set("alice", new Standing(ALL, Optional.empty()));
        set("bob", new Standing(ALL, Optional.empty()));
        database.run(em -> new CustomerState(em).deleteCustomer("realm", "alice", "alice", NOW));
        assertThat(of("alice")).isEqualTo(Standing.NONE);
        assertThat(of("bob").set()).isEqualTo(ALL);
        database.run(em -> new CustomerState(em).deleteRealm("realm"));
        assertThat(of("bob")).isEqualTo(Standing.NONE);
    }

    private Standing of(String customer) {
        return database.call(em -> new StoredLimits(em).of(customer));
    }

    private Standing set(String customer, Standing standing) {
        database.run(em -> {
            StoredLimits stored = new StoredLimits(em);
            stored.begun("realm", customer);
            stored.set(customer, standing);
        });
        return standing;
    }
}
