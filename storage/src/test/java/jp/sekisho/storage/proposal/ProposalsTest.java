package jp.sekisho.storage.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import jp.sekisho.storage.customer.CustomerState;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ProposalsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T00:00:00Z");
    private static Database database;

    private final String realm = UUID.randomUUID().toString();

    @BeforeAll
    static void open() {
        database = new Database();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void whatIsKeptComesBackOnceAndOnlyInItsRealm() {
        Proposal proposal = add(NOW);

        assertThat(waiting()).containsExactly(proposal);
        assertThat(database.<Boolean>call(em ->
                        new Proposals(em).find("another", proposal.id(), NOW).isPresent()))
                .isFalse();
        assertThat(database.<Boolean>call(em -> new Proposals(em).take(proposal.id())))
                .isTrue();
        assertThat(database.<Boolean>call(em -> new Proposals(em).take(proposal.id())))
                .isFalse();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void whatNobodyApprovedInTimeDoesNotWait() {
        Proposal old = add(NOW.minusSeconds(1));
        add(NOW);

        assertThat(waiting()).hasSize(1);
        assertThat(database.<Boolean>call(
                        em -> new Proposals(em).find(realm, old.id(), NOW).isPresent()))
                .isFalse();
        assertThat(database.<Optional<Deleted>>call(em -> new Proposals(em).deleteStale(realm, NOW, 10)))
                .contains(new Deleted(1, old.at(), old.at()));
        assertThat(database.<List<Proposal>>call(em -> new Proposals(em).since(realm, Instant.EPOCH)))
                .hasSize(1);
    }

    @Test
    void itGoesWithItsRealm() {
        add(NOW);
        database.run(em -> new CustomerState(em).deleteRealm(realm));
        assertThat(waiting()).isEmpty();
    }

    private List<Proposal> waiting() {
        return database.call(em -> new Proposals(em).since(realm, NOW));
    }

    private Proposal add(Instant at) {
        Proposal proposal = new Proposal(
                UUID.randomUUID().toString(),
                realm,
                Proposal.Kind.POLICY,
                "{\"mode\":\"monitor\"}",
                "試験",
                "officer",
                at);
        database.run(em -> new Proposals(em).add(proposal));
        return proposal;
    }
}
