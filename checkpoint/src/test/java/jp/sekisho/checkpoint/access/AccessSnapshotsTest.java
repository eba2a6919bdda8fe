package jp.sekisho.checkpoint.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Function;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.policies.access.Seen;
import jp.sekisho.storage.access.StoredRule;
import jp.sekisho.storage.access.StoredRules;
import jp.sekisho.storage.schema.Database;
import jp.sekisho.storage.schema.DatabaseClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

// FFAJ-1.2-B2, FFAJ-2.1-S1a
class AccessSnapshotsTest {

    private static Database database;

    private final String one = UUID.randomUUID().toString();
    private final String other = UUID.randomUUID().toString();
    private final Queue<Runnable> readers = new ArrayDeque<>();
    private boolean down;
    private final AccessSnapshots snapshots = node();

    @BeforeAll
    static void open() {
        database = new Database();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void aGapOfOneRealmHoldsUpNeitherAnotherRealmsChangesNorItsOwn() {
        deny(one, "AA");
        deny(other, "AA");
        inForce(one);
        inForce(other);

        denyUnnoted(one, "BB");
        deny(one, "CC");
        deny(other, "CC");
        snapshots.refresh();
        assertThat(denied(other, "CC")).isTrue();
        assertThat(denied(one, "CC")).as("what is known of the changes").isTrue();
        assertThat(denied(one, "BB")).as("nobody said that").isFalse();

        deny(one, "DD");
        deny(other, "DD");
        snapshots.refresh();
        assertThat(denied(one, "DD") && denied(other, "DD")).isTrue();
        assertThat(readers).as("one reading of one realm").hasSize(1);

        read();
        deny(one, "EE");
        snapshots.refresh();
        for (String country : List.of("AA", "BB", "CC", "DD", "EE")) {
            assertThat(denied(one, country)).as(country).isTrue();
        }
        snapshots.refresh();
        assertThat(readers).isEmpty();
    }

    /** The rules are read while a change is made that is not committed: on each of two nodes it comes after. */
    @Test
    void aChangeThatIsCommittedDuringTheReadingIsNotLost() {
        deny(one, "AA");
        AccessSnapshots twin = node();
        database.run(em -> {
            add(em, one, Match.Kind.COUNTRY, "BB");
            em.flush();
            snapshots.whole(one);
            twin.whole(one);
            read();
        });

        for (AccessSnapshots node : List.of(snapshots, twin)) {
            assertThat(denied(node, one, "BB")).as("it was not committed").isFalse();
            node.refresh();
            assertThat(denied(node, one, "AA")).isTrue();
            assertThat(denied(node, one, "BB")).isTrue();
        }
    }

    @Test
    void nobodyIsLetInWhereTheRulesWereNeverRead() {
        deny(one, "AA");
        AccessSnapshots node = new AccessSnapshots(reads(), Runnable::run, () -> {});
        down = true;
        node.warm();
        assertThatThrownBy(() -> node.of(one)).hasStackTraceContaining("no database");
        node.refresh();
        assertThatThrownBy(() -> node.of(one)).hasStackTraceContaining("no database");

        down = false;
        assertThat(denied(node, one, "AA")).isTrue();
        node.refresh();
        down = true;
        node.refresh();
        assertThat(denied(node, one, "AA")).as("they stay in force").isTrue();
    }

    @Test
    void afterTheStartNoLoginReads() {
        deny(one, "AA");
        AccessSnapshots node = new AccessSnapshots(reads(), Runnable::run, () -> {});
        node.warm();
        down = true;
        assertThat(denied(node, one, "AA")).isTrue();
    }

    /** What cannot be read of one realm, here a network that is none, keeps no other realm's changes back. */
    @Test
    void aRealmThatCannotBeReadHoldsUpNoOther() {
        deny(one, "AA");
        deny(other, "AA");
        inForce(one);
        inForce(other);
        database.run(em -> add(em, one, Match.Kind.NETWORK, "no network"));
        deny(other, "BB");
        snapshots.refresh();
        assertThat(denied(other, "BB")).isTrue();
        assertThat(denied(one, "AA")).isTrue();
    }

    private AccessSnapshots node() {
        return new AccessSnapshots(reads(), readers::add, () -> {});
    }

    private AccessSnapshots.Database reads() {
        return new AccessSnapshots.Database() {
            @Override
            public <T> T call(Function<EntityManager, T> work) {
                if (down) {
                    throw new IllegalStateException("no database");
                }
                return database.call(work);
            }
        };
    }

    /** As at a node's start. */
    private void inForce(String realm) {
        snapshots.whole(realm);
        read();
        snapshots.refresh();
    }

    private void read() {
        for (Runnable reader = readers.poll(); reader != null; reader = readers.poll()) {
            reader.run();
        }
    }

    private boolean denied(String realm, String country) {
        return denied(snapshots, realm, country);
    }

    private static boolean denied(AccessSnapshots node, String realm, String country) {
        Seen seen = new Seen(Optional.empty(), Optional.empty(), Optional.of(country), false);
        Instant now = database.call(DatabaseClock::now);
        return node.of(realm).denying(List.of(Scope.REALM), seen, now).isPresent();
    }

    private static void deny(String realm, String country) {
        database.run(em -> add(em, realm, Match.Kind.COUNTRY, country));
    }

    /** Past {@link StoredRules}, as somebody does who restores rows: the version is raised, and nothing says for what. */
    private static void denyUnnoted(String realm, String country) {
        deny(realm, country);
        database.run(em -> em.createQuery("""
                        delete from AccessChangeEntity where realmId = :realm and matched = :country""")
                .setParameter("realm", realm)
                .setParameter("country", country)
                .executeUpdate());
    }

    private static void add(EntityManager em, String realm, Match.Kind kind, String matched) {
        Instant now = DatabaseClock.now(em);
        StoredRules stored = new StoredRules(em);
        stored.lock(realm, now);
        stored.add(
                realm,
                List.of(new StoredRule(
                        UUID.randomUUID().toString(),
                        realm,
                        Scope.REALM,
                        Optional.empty(),
                        Effect.DENY,
                        kind,
                        matched,
                        false,
                        now,
                        Optional.empty(),
                        now,
                        "officer",
                        "x")),
                now);
    }
}
