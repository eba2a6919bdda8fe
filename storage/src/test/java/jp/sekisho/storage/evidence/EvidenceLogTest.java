package jp.sekisho.storage.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.storage.evidence.EvidenceLog.SourceTally;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EvidenceLogTest {

    private static final String REALM = "realm";
    private static final String SOURCE = "203.0.113.7";
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private final Database database = new Database();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_source_is_counted_over_customers_and_who_came_in_did_not_fail() {
        append("alice", SOURCE, "FAILED", NOW);
        append("alice", SOURCE, "FAILED", NOW);
        append("bob", SOURCE, "FAILED", NOW);
        append("bob", SOURCE, "ADMITTED", NOW);
        append("carol", SOURCE, "PENDING", NOW);
        append("dave", "198.51.100.1", "FAILED", NOW);
        append("eve", SOURCE, "FAILED", NOW.minusSeconds(601));
        assertThat(tally(NOW.minusSeconds(600))).isEqualTo(new SourceTally(3, 1));
        assertThat(tally(NOW.minusSeconds(601))).isEqualTo(new SourceTally(4, 2));
        assertThat(tally(NOW.plusSeconds(1))).isEqualTo(new SourceTally(0, 0));
    }

    @Test
    void who_was_refused_by_a_lock_says_nothing_of_the_source() {
        append("alice", SOURCE, "FAILED", NOW);
        append("alice", SOURCE, "LOCKED", NOW);
        append("bob", SOURCE, "LOCKED", NOW);
        append("carol", SOURCE, "REFUSED", NOW);
        assertThat(tally(NOW)).isEqualTo(new SourceTally(2, 1));
    }

    @Test
    void what_was_written_is_read_and_long_content_is_whole() {
        String content = "{\"text\":\"" + "関所".repeat(50_000) + "\"}";
        EvidenceRow row = row("alice", SOURCE, "FAILED", NOW, content);
        database.run(em -> new EvidenceLog(em).append(row));
        List<EvidenceRow> rows = database.call(em -> new EvidenceLog(em).ofCustomer(REALM, "alice", 10));
        assertThat(rows).containsExactly(row);
    }

    private SourceTally tally(Instant since) {
        return database.call(em -> new EvidenceLog(em).tally(REALM, SOURCE, since));
    }

    private void append(String customer, String source, String result, Instant at) {
        database.run(em -> new EvidenceLog(em).append(row(customer, source, result, at, "{}")));
    }

    private static EvidenceRow row(String customer, String source, String result, Instant at, String content) {
        return new EvidenceRow(
                UUID.randomUUID().toString(),
                REALM,
                EvidenceRow.Kind.DECISION,
                Optional.empty(),
                at,
                new EvidenceRow.Index(
                        Optional.of(customer),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("LOGIN"),
                        Optional.of(source),
                        Optional.empty(),
                        Optional.of(source),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(result),
                        Optional.of("v")),
                content);
    }
}
