package jp.sekisho.storage.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.evidence.EvidenceRow.Index;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EvidenceWalkTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Database database;

    @BeforeAll
    static void create() {
        database = new Database();
    }

    @BeforeEach
    void empty() {
        database.run(em -> em.createQuery("delete from EvidenceEntity").executeUpdate());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private <T> T call(Function<EvidenceLog, T> work) {
        return database.call(em -> work.apply(new EvidenceLog(em)));
    }

    private void append(String realm, String id, Kind kind, Optional<String> decision, Instant at, String result) {
        database.run(em -> new EvidenceLog(em)
                .append(new EvidenceRow(
                        id,
                        realm,
                        kind,
                        decision,
                        at,
                        Index.of(Optional.of("customer"), Optional.of("LOGIN"), Optional.of(result), Optional.empty()),
                        "{}")));
    }

    private List<String> admitted(Position from, Instant until, int limit) {
        return call(log -> log.admittedAfter("r1", "LOGIN", from, until, limit)).stream()
                .map(EvidenceRow::id)
                .toList();
    }

    @Test
    void walksAlongThoseWhoWereLetIn() {
        append("r1", "1", Kind.DECISION, Optional.empty(), NOW, "ADMITTED");
        append("r1", "2", Kind.DECISION, Optional.empty(), NOW, "PENDING");
        append("r1", "3", Kind.RESULT, Optional.of("2"), NOW, "ADMITTED");
        append("r1", "4", Kind.RESULT, Optional.of("2"), NOW, "FAILED");
        append("r2", "5", Kind.DECISION, Optional.empty(), NOW, "ADMITTED");
        append("r1", "6", Kind.DECISION, Optional.empty(), NOW.plusMillis(1), "ADMITTED");

        Instant later = NOW.plusSeconds(1);
        assertThat(admitted(Position.START, later, 10)).containsExactly("1", "3", "6");
        assertThat(admitted(Position.START, later, 1)).containsExactly("1");
        assertThat(admitted(new Position(NOW, "1"), later, 10)).containsExactly("3", "6");
        assertThat(admitted(Position.before(NOW), later, 10)).containsExactly("1", "3", "6");
        assertThat(admitted(Position.START, NOW.plusMillis(1), 10)).containsExactly("1", "3");
        assertThat(admitted(Position.before(NOW.plusMillis(1)), later, 10)).containsExactly("6");
    }

    @Test
    void knowsWhichDecisionsAFactIsAbout() {
        append("r1", "1", Kind.DECISION, Optional.empty(), NOW, "ADMITTED");
        append("r1", "2", Kind.DECISION, Optional.empty(), NOW, "ADMITTED");
        append("r1", "3", Kind.DISOWNED, Optional.of("1"), NOW, "");
        assertThat(this.<Set<String>>call(log -> log.decisionsWith(Kind.DISOWNED, List.of("1", "2"))))
                .containsExactly("1");
        assertThat(this.<Set<String>>call(log -> log.decisionsWith(Kind.UNLEARNED, List.of("1", "2"))))
                .isEmpty();
    }

    @Test
    void turnsThePagesOfAKindNewestFirst() {
        append("r1", "1", Kind.ALERT, Optional.empty(), NOW, "");
        append("r1", "2", Kind.ALERT, Optional.empty(), NOW, "");
        append("r1", "3", Kind.ALERT, Optional.empty(), NOW.plusMillis(1), "");
        append("r1", "4", Kind.LOCK, Optional.empty(), NOW, "");
        append("r2", "5", Kind.ALERT, Optional.empty(), NOW, "");
        assertThat(alerts(Position.before(NOW.plusSeconds(1)), 2)).containsExactly("3", "2");
        assertThat(alerts(new Position(NOW, "2"), 2)).containsExactly("1");
        assertThat(alerts(new Position(NOW, "1"), 2)).isEmpty();
    }

    private List<String> alerts(Position before, int limit) {
        return call(log -> log.factsBefore("r1", Kind.ALERT, before, limit)).stream()
                .map(EvidenceRow::id)
                .toList();
    }

    @Test
    void knowsWhoseStateWasDeleted() {
        append("r1", "1", Kind.DELETION, Optional.empty(), NOW, "");
        assertThat(this.<Map<String, Instant>>call(log -> log.stateDeleted("r1", List.of("customer", "other"), NOW)))
                .isEqualTo(Map.of("customer", NOW));
        assertThat(this.<Map<String, Instant>>call(
                        log -> log.stateDeleted("r1", List.of("customer"), NOW.plusMillis(1))))
                .isEmpty();
    }

    @Test
    void deletesTheOldestBatchByBatchAndSaysWhat() {
        for (int i = 0; i < 5; i++) {
            append("r1", "" + i, Kind.DECISION, Optional.empty(), NOW.plusSeconds(i), "ADMITTED");
        }
        append("r2", "other", Kind.DECISION, Optional.empty(), NOW, "ADMITTED");
        Instant before = NOW.plusSeconds(3);
        assertThat(this.<Optional<Deleted>>call(log -> log.deleteBefore("r1", before, 2)))
                .contains(new Deleted(2, NOW, NOW.plusSeconds(1)));
        assertThat(this.<Optional<Deleted>>call(log -> log.deleteBefore("r1", before, 2)))
                .contains(new Deleted(1, NOW.plusSeconds(2), NOW.plusSeconds(2)));
        assertThat(this.<Optional<Deleted>>call(log -> log.deleteBefore("r1", before, 2)))
                .isEmpty();
        assertThat(admitted(Position.START, NOW.plusSeconds(60), 10)).containsExactly("3", "4");
        assertThat(this.<List<String>>call(EvidenceLog::realms)).containsExactly("r1", "r2");
    }
}
