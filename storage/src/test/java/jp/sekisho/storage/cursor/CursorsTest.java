package jp.sekisho.storage.cursor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import jp.sekisho.storage.cursor.Cursors.Held;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CursorsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Position HERE = new Position(NOW, "b");

    private static Database database;

    @BeforeAll
    static void create() {
        database = new Database();
    }

    @BeforeEach
    void empty() {
        database.run(em -> em.createQuery("delete from CursorEntity").executeUpdate());
        database.run(em -> {
            assertThat(hold(em)).isEmpty();
            new Cursors(em).hold("r1", "other-worker");
            new Cursors(em).hold("r2", "worker");
        });
    }

    @AfterAll
    static void close() {
        database.close();
    }

    private Position position() {
        return database.call(em -> hold(em).orElseThrow().position());
    }

    private static Optional<Held> hold(jakarta.persistence.EntityManager em) {
        return new Cursors(em).hold("r1", "worker");
    }

    @Test
    void startsAtTheBeginningAndKeepsWhereItCame() {
        assertThat(position()).isEqualTo(Position.START);
        database.run(em -> hold(em).orElseThrow().move(HERE));
        assertThat(position()).isEqualTo(HERE);
    }

    @Test
    void neverGoesBack() {
        database.run(em -> hold(em).orElseThrow().move(HERE));
        database.run(em -> hold(em).orElseThrow().move(new Position(NOW, "a")));
        database.run(em -> hold(em).orElseThrow().move(Position.before(NOW)));
        assertThat(position()).isEqualTo(HERE);
    }

    @Test
    void oneHoldsItAndTheOthersDoNotWait() {
        position();
        database.run(one -> {
            assertThat(hold(one)).isPresent();
            database.run(other -> {
                assertThat(hold(other)).isEmpty();
                assertThat(new Cursors(other).hold("r1", "other-worker")).isPresent();
                assertThat(new Cursors(other).hold("r2", "worker")).isPresent();
            });
        });
        assertThat(position()).isEqualTo(Position.START);
    }

    @Test
    void aKilledNodesShareIsUndoneAndFree() {
        database.attempt(em -> {
            hold(em).orElseThrow().move(HERE);
            em.flush();
            return false;
        });
        assertThat(position()).isEqualTo(Position.START);
    }

    @Test
    void theRowsBesideItNeedNoHoldOfTheirOwn() {
        database.run(
                em -> new Cursors(em).beside(hold(em).orElseThrow(), "beside").move(HERE));
        assertThat(database.<Position>call(em ->
                        new Cursors(em).beside(hold(em).orElseThrow(), "beside").position()))
                .isEqualTo(HERE);
        assertThat(position()).isEqualTo(Position.START);
    }

    @Test
    void onceInAWhile() {
        database.run(em -> new Cursors(em)
                .holdIfNotSince("r1", "worker", NOW)
                .orElseThrow()
                .move(Position.before(NOW)));
        Instant before = NOW.minusMillis(1);
        assertThat(database.<Boolean>call(em ->
                        new Cursors(em).holdIfNotSince("r1", "worker", before).isPresent()))
                .isFalse();
        assertThat(database.<Boolean>call(em ->
                        new Cursors(em).holdIfNotSince("r1", "worker", NOW).isPresent()))
                .isTrue();
    }
}
