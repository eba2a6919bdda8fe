package jp.sekisho.storage.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.policies.identity.VerificationMethod;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IdentitiesTest {

    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    private final Database database = new Database();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatWasWrittenIsReadNewestFirst() {
        add("one", "a", NOW.minusSeconds(5));
        IdentityRow newer = add("two", "a", NOW);
        add("three", "b", NOW);

        assertThat(of("a")).extracting(IdentityRow::id).containsExactly("two", "one");
        assertThat(of("a").get(0)).isEqualTo(newer);
        assertThat(of("c")).isEmpty();
    }

    /** As long as somebody is a customer, the firm can show that he was verified. */
    // FFAJ-2.2-S3
    @Test
    void whatANewerOneReplacedGoesInTimeTheNewestStays() {
        add("old", "a", NOW.minus(Duration.ofDays(3000)));
        add("older", "a", NOW.minus(Duration.ofDays(3001)));
        add("new", "a", NOW);
        add("only", "b", NOW.minus(Duration.ofDays(3000)));
        Instant before = NOW.minus(Duration.ofDays(2557));

        assertThat(superseded(before, 1)).hasValueSatisfying(deleted -> {
            assertThat(deleted.rows()).isEqualTo(1);
            assertThat(deleted.from()).isEqualTo(NOW.minus(Duration.ofDays(3001)));
        });
        assertThat(superseded(before, 10))
                .hasValueSatisfying(deleted -> assertThat(deleted.rows()).isEqualTo(1));
        assertThat(superseded(before, 10)).isEmpty();
        assertThat(of("a")).extracting(IdentityRow::id).containsExactly("new");
        assertThat(of("b")).hasSize(1);
    }

    @Test
    void theyGoWithCustomerAndRealm() {
        add("one", "a", NOW);
        add("two", "b", NOW);
        database.run(em -> new Identities(em).deleteCustomer("a"));
        assertThat(of("a")).isEmpty();
        assertThat(of("b")).hasSize(1);
        database.run(em -> new Identities(em).deleteRealm("r"));
        assertThat(of("b")).isEmpty();
    }

    private List<IdentityRow> of(String customer) {
        return database.call(em -> new Identities(em).of(customer));
    }

    private Optional<Deleted> superseded(Instant before, int limit) {
        return database.call(em -> new Identities(em).deleteSuperseded("r", before, limit));
    }

    private IdentityRow add(String id, String customer, Instant at) {
        IdentityRow row = new IdentityRow(
                id,
                VerificationMethod.EKYC,
                Optional.of("k:text"),
                Optional.of("0".repeat(64)),
                Optional.of("officer"),
                Optional.empty(),
                Optional.of("1".repeat(64)),
                at,
                at);
        database.run(em -> new Identities(em).add("r", customer, row));
        return row;
    }
}
