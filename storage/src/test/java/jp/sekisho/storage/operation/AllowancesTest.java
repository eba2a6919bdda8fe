package jp.sekisho.storage.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllowancesTest {

    private static final Instant NOW = Instant.parse("2026-11-29T09:00:30Z");

    private final Database database = new Database();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void noMoreThanThereIsIsTakenInAMinuteByHoweverManyNodes() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> taken = nodes.invokeAll(IntStream.range(0, 40)
                    .<Callable<Boolean>>mapToObj(any -> () -> take("app", 3, 30, NOW))
                    .toList());
            long all = 0;
            for (Future<Boolean> one : taken) {
                all += one.get() ? 1 : 0;
            }
            assertThat(all).isEqualTo(10);
        } finally {
            nodes.shutdown();
        }
    }

    @Test
    void eachAppHasItsOwnAndEachMinuteBeginsAnew() {
        assertThat(take("app", 30, 30, NOW)).isTrue();
        assertThat(take("app", 1, 30, NOW)).isFalse();
        assertThat(take("another app", 1, 30, NOW)).isTrue();
        assertThat(Allowances.end(NOW)).isEqualTo(NOW.plusSeconds(30));
        assertThat(take("app", 1, 30, NOW.plusSeconds(30))).isTrue();
        assertThat(take("app", 1, 30, NOW)).as("a node whose minute is over").isFalse();
    }

    private boolean take(String app, int count, int most, Instant now) {
        return database.call(em -> new Allowances(em).take("realm", app, count, most, now));
    }
}
