package jp.sekisho.storage.identity;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of any number of wrong ones at once each is counted, and none uses it up; a code is used once. */
// FFAJ-1.1-S2
class PostalCodesTest {

    private static final String CUSTOMER = "c".repeat(64);
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final Instant END = NOW.plus(Duration.ofDays(30));
    private static final int THREADS = 40;

    private final Database database = new Database();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void fortyWrongOnesAtOnceAreAllCountedAndUseUpNothing() throws Exception {
        issue("a");
        atOnce(() -> {
            database.run(em -> new PostalCodes(em).countWrong("a"));
            return true;
        });
        assertThat(stored()).hasValueSatisfying(code -> {
            assertThat(code.tries()).isEqualTo(THREADS);
            assertThat(code.live(NOW)).isTrue();
        });
    }

    @Test
    void ofFortyWhoUseItAtOnceOneDoes() throws Exception {
        issue("a");
        assertThat(atOnce(() -> database.call(em -> new PostalCodes(em).use("a", NOW))))
                .isEqualTo(1);
        database.run(em -> new PostalCodes(em).countWrong("a"));
        assertThat(stored()).hasValueSatisfying(code -> {
            assertThat(code.live(NOW)).isFalse();
            assertThat(code.tries()).as("of a used one nothing is counted").isZero();
        });
    }

    @Test
    void itEndsInTimeAndWithTheNextOne() {
        issue("a");
        assertThat(stored()).hasValueSatisfying(code -> {
            assertThat(code.live(END.minusMillis(1))).isTrue();
            assertThat(code.live(END)).isFalse();
        });
        issue("b");
        assertThat(stored()).hasValueSatisfying(code -> {
            assertThat(code.id()).isEqualTo("b");
            assertThat(code.approver()).contains("approver");
        });
        assertThat(database.<Boolean>call(em -> new PostalCodes(em).use("a", NOW)))
                .isFalse();
    }

    @Test
    void itGoesAfterItsTimeAndWithItsCustomer() {
        issue("a");
        assertThat(expired("r", END)).isEmpty();
        assertThat(expired("other", END.plusMillis(1))).isEmpty();
        assertThat(expired("r", END.plusMillis(1)))
                .hasValueSatisfying(deleted -> assertThat(deleted.rows()).isEqualTo(1));
        issue("b");
        database.run(em -> new PostalCodes(em).deleteCustomer(CUSTOMER));
        assertThat(stored()).isEmpty();
    }

    @Test
    void ofTwoThatAreMadeAtTheSameMomentTheLaterOneIsGood() {
        database.behind(em -> issue(em, "a"), em -> {
            issue(em, "b");
            return true;
        });
        assertThat(stored()).hasValueSatisfying(code -> assertThat(code.id()).isEqualTo("b"));
    }

    private void issue(String id) {
        database.run(em -> issue(em, id));
    }

    private static void issue(EntityManager em, String id) {
        new PostalCodes(em)
                .issue(
                        "r",
                        CUSTOMER,
                        new PostalCode(
                                id, "h".repeat(64), "officer", Optional.of("approver"), 0, NOW, END, Optional.empty()));
    }

    private Optional<Deleted> expired(String realm, Instant before) {
        return database.call(em -> new PostalCodes(em).deleteExpired(realm, before, 10));
    }

    private Optional<PostalCode> stored() {
        return database.call(em -> new PostalCodes(em).of(CUSTOMER));
    }

    private static int atOnce(Callable<Boolean> work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                results.add(executor.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            int done = 0;
            for (Future<Boolean> result : results) {
                done += result.get() ? 1 : 0;
            }
            return done;
        } finally {
            executor.shutdownNow();
        }
    }
}
