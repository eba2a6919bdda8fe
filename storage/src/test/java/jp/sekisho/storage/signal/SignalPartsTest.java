package jp.sekisho.storage.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.policies.signal.SignalEvent.Finding;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

// FFAJ-3-B
class SignalPartsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");

    private final Database database = new Database();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsWrittenAgainReplacesWhatWasWritten() {
        SignalPart first = part("realm", "session", 3);
        write(NOW, first, part("realm", "another", 1));
        assertThat(of("session")).containsExactly(first);
        SignalPart more = first.with(new SessionSignals(
                Set.of("home", "withdrawal"),
                9,
                1,
                2,
                3,
                Set.of(Finding.Kind.WEBDRIVER, Finding.Kind.FOREIGN_CONTENT),
                4));
        SignalPart ofAnotherNode = part("realm", "session", 5);
        write(NOW, more, ofAnotherNode);
        assertThat(of("session")).containsExactlyInAnyOrder(more, ofAnotherNode);
        assertThat(of("nobody's")).isEmpty();
    }

    @Test
    void allThatAFullPolicyAsksForHasRoom() {
        Set<String> pages = IntStream.range(100, 180)
                .mapToObj(number -> "a".repeat(37) + number)
                .collect(Collectors.toSet());
        SignalPart full = part("realm", "session", 1)
                .with(new SessionSignals(pages, 1, 0, 0, 0, Set.of(Finding.Kind.values()), 0));
        write(NOW, full);
        assertThat(of("session")).containsExactly(full);
    }

    @Test
    void whatALaterVersionFoundIsNoFault() {
        SignalPart part = part("realm", "session", 1);
        write(NOW, part);
        database.run(em -> em.createQuery("update SignalEntity set findings = 'WEBDRIVER FROM_LATER'")
                .executeUpdate());
        assertThat(of("session").get(0).heard().findings()).containsExactly(Finding.Kind.WEBDRIVER);
    }

    @Test
    void oldRowsGoAndThoseOfARealm() {
        write(NOW.minus(Duration.ofDays(3)), part("realm", "old", 1));
        write(NOW, part("realm", "young", 1), part("elsewhere", "other", 1));
        assertThat(deleteOld("realm")).map(Deleted::rows).contains(1);
        assertThat(deleteOld("realm")).isEmpty();
        assertThat(of("old")).isEmpty();
        database.run(em -> new SignalParts(em).deleteRealm("realm"));
        assertThat(of("young")).isEmpty();
        assertThat(of("other")).hasSize(1);
    }

    private Optional<Deleted> deleteOld(String realm) {
        return database.call(em -> new SignalParts(em).deleteOld(realm, NOW.minus(Duration.ofDays(2)), 10));
    }

    private void write(Instant at, SignalPart... parts) {
        database.run(em -> new SignalParts(em).write(List.of(parts), at));
    }

    private List<SignalPart> of(String session) {
        return database.call(em -> new SignalParts(em).of(session));
    }

    private static SignalPart part(String realm, String session, int events) {
        return new SignalPart(
                UUID.randomUUID().toString(),
                realm,
                session,
                new SessionSignals(Set.of("home"), events, 0, 0, 0, Set.of(), 0));
    }
}
