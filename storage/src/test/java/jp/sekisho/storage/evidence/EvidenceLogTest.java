package jp.sekisho.storage.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.evidence.EvidenceLog.Seen;
import jp.sekisho.storage.evidence.EvidenceLog.SourceTally;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        assertThat(tally(NOW.minusSeconds(600))).isEqualTo(new SourceTally(2, 1));
        assertThat(tally(NOW.minusSeconds(601))).isEqualTo(new SourceTally(3, 2));
        assertThat(tally(NOW.plusSeconds(1))).isEqualTo(new SourceTally(0, 0));
    }

    @Test
    void who_was_refused_says_nothing_of_the_source() {
        append("alice", SOURCE, "FAILED", NOW);
        append("alice", SOURCE, "LOCKED", NOW);
        append("bob", SOURCE, "LOCKED", NOW);
        append("carol", SOURCE, "REFUSED", NOW);
        assertThat(tally(NOW)).isEqualTo(new SourceTally(1, 1));
    }

    @Test
    void a_source_looks_no_better_for_names_that_it_asks_a_code_for() {
        append("alice", SOURCE, "FAILED", NOW);
        for (String name : List.of("bob", "carol")) {
            append(name, SOURCE, "PENDING", "CREDENTIAL_CHANGE", NOW);
        }
        append("carol", SOURCE, "ADMITTED", "CREDENTIAL_CHANGE", NOW);
        assertThat(tally(NOW)).isEqualTo(new SourceTally(3, 2));
    }

    @Test
    void the_decisions_of_a_customer_are_read_page_by_page_also_those_of_one_moment() {
        for (int row = 0; row < 7; row++) {
            append("alice", SOURCE, "FAILED", NOW.plusSeconds(row / 3));
        }
        append("bob", SOURCE, "FAILED", NOW);
        List<EvidenceRow> all = database.call(em -> new EvidenceLog(em).ofCustomer(REALM, "alice", 10));
        List<EvidenceRow> read = new ArrayList<>();
        Position position = Position.before(NOW.plusSeconds(60));
        for (int page = 0; page < 4; page++) {
            Position before = position;
            read.addAll(database.call(em -> new EvidenceLog(em).decisionsBefore(REALM, "alice", before, 2)));
            EvidenceRow last = read.get(read.size() - 1);
            position = new Position(last.at(), last.id());
        }
        assertThat(read).isEqualTo(all).hasSize(7);
    }

    @Test
    void a_session_began_with_a_login_and_not_with_what_an_app_asked_about_in_it() {
        EvidenceRow login = row("alice", SOURCE, "ADMITTED", "LOGIN", Optional.of("session"), NOW, "{}");
        EvidenceRow order = row("alice", "app", "ADMITTED", "TRADE", Optional.of("session"), NOW.plusSeconds(60), "{}");
        database.run(em -> new EvidenceLog(em).append(login));
        database.run(em -> new EvidenceLog(em).append(order));
        assertThat(database.<Optional<EvidenceRow>>call(em -> new EvidenceLog(em).ofSession(REALM, "alice", "session")))
                .map(EvidenceRow::id)
                .contains(login.id());
    }

    @Test
    void what_was_written_is_read_and_long_content_is_whole() {
        String content = "{\"text\":\"" + "関所".repeat(50_000) + "\"}";
        EvidenceRow row = row("alice", SOURCE, "FAILED", NOW, content);
        database.run(em -> new EvidenceLog(em).append(row));
        List<EvidenceRow> rows = database.call(em -> new EvidenceLog(em).ofCustomer(REALM, "alice", 10));
        assertThat(rows).containsExactly(row);
    }

    @Test
    void all_customers_from_a_source_are_found_page_by_page() {
        seen("carol", "203.0.113.7", 64500, "laptop", NOW);
        seen("alice", "203.0.113.7", 64500, "phone", NOW);
        seen("alice", "203.0.113.7", 64500, "phone", NOW.plusSeconds(60));
        seen("bob", "203.0.113.7", 64500, "phone", NOW);
        seen("bob", "203.0.113.8", 64500, "phone", NOW.plusSeconds(60));
        seen("dave", "198.51.100.1", 64500, "tablet", NOW);
        seen("eve", "192.0.2.1", 64501, "tv", NOW);
        seen("mallory", "203.0.113.7", 64500, "phone", NOW.minusSeconds(1));

        assertThat(search(log -> log.customersFromSource(REALM, "203.0.113.7", NOW, "", 10)))
                .containsExactly(
                        new Seen("alice", NOW, NOW.plusSeconds(60), 2),
                        new Seen("bob", NOW, NOW, 1),
                        new Seen("carol", NOW, NOW, 1));
        assertThat(search(log -> log.customersFromSource(REALM, "203.0.113.7", NOW, "", 2)))
                .extracting(Seen::customer)
                .containsExactly("alice", "bob");
        assertThat(search(log -> log.customersFromSource(REALM, "203.0.113.7", NOW, "bob", 2)))
                .extracting(Seen::customer)
                .containsExactly("carol");
        assertThat(search(log -> log.customersFromSource("another", "203.0.113.7", NOW, "", 10)))
                .isEmpty();
    }

    /** On a log of some size: on an empty one every index is as good. */
    @ParameterizedTest
    @CsvSource({
        "realm_id = 'realm' and source = 's7', IX_SEKISHO_EVIDENCE_SOURCE",
        "realm_id = 'realm' and customer = 'customer7', IX_SEKISHO_EVIDENCE_OF_CUSTOMER"
    })
    void a_search_has_its_index(String condition, String index) {
        database.run(em -> em.createNativeQuery("""
                        insert into sekisho_evidence (id, realm_id, format, at_time, kind, customer, source, asn,
                        device_id, content, content_hash)
                        select 'row' || x, 'realm', 1, x, 'DECISION', 'customer' || mod(x, 1000), 's' || mod(x, 500),
                        mod(x, 500), 'd' || mod(x, 500), '{}', '' from system_range(1, 5000)""").executeUpdate());
        database.run(em -> em.createNativeQuery("analyze").executeUpdate());
        String plan = database.call(em -> (String) em.createNativeQuery(
                        "explain select customer, min(at_time), max(at_time), count(*) from sekisho_evidence"
                                + " where " + condition + " and at_time >= 0 and customer > ''"
                                + " group by customer order by customer",
                        String.class)
                .getSingleResult());
        assertThat(plan).contains(index);
    }

    private List<Seen> search(Function<EvidenceLog, List<Seen>> query) {
        return database.call(em -> query.apply(new EvidenceLog(em)));
    }

    private void seen(String customer, String source, long asn, String device, Instant at) {
        EvidenceRow.Index index = new EvidenceRow.Index(
                Optional.of(customer),
                Optional.empty(),
                Optional.empty(),
                Optional.of("LOGIN"),
                Optional.of(source),
                Optional.empty(),
                Optional.of(source),
                Optional.of(asn),
                Optional.empty(),
                Optional.of(device),
                Optional.empty(),
                Optional.empty(),
                Optional.of("ADMITTED"),
                Optional.of("v"));
        database.run(em -> new EvidenceLog(em)
                .append(new EvidenceRow(
                        UUID.randomUUID().toString(),
                        REALM,
                        EvidenceRow.Kind.DECISION,
                        Optional.empty(),
                        at,
                        index,
                        "{}")));
    }

    private SourceTally tally(Instant since) {
        return database.call(em -> new EvidenceLog(em).tally(REALM, SOURCE, since));
    }

    private void append(String customer, String source, String result, Instant at) {
        append(customer, source, result, "LOGIN", at);
    }

    private void append(String customer, String source, String result, String operation, Instant at) {
        database.run(em -> new EvidenceLog(em).append(row(customer, source, result, operation, at, "{}")));
    }

    private static EvidenceRow row(String customer, String source, String result, Instant at, String content) {
        return row(customer, source, result, "LOGIN", at, content);
    }

    private static EvidenceRow row(
            String customer, String source, String result, String operation, Instant at, String content) {
        return row(customer, source, result, operation, Optional.empty(), at, content);
    }

    private static EvidenceRow row(
            String customer,
            String source,
            String result,
            String operation,
            Optional<String> session,
            Instant at,
            String content) {
        return new EvidenceRow(
                UUID.randomUUID().toString(),
                REALM,
                EvidenceRow.Kind.DECISION,
                Optional.empty(),
                at,
                new EvidenceRow.Index(
                        Optional.of(customer),
                        Optional.empty(),
                        session,
                        Optional.of(operation),
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
