package jp.sekisho.checkpoint.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import jp.sekisho.checkpoint.operation.Busy.Limit;
import jp.sekisho.policies.operation.OperationPolicy;
import jp.sekisho.policies.operation.TradingPasswordUse;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final Quota.Key APP = new Quota.Key("realm", "app");

    /** 20 requests a minute, 3 of them about one customer, 4 customers. */
    private static final OperationPolicy RULES = rules(20, 3, 4);

    private long now = -5;
    private final Turns turns = new Turns(() -> now);

    private record Come(String customer, Errand errand) {}

    @Test
    void whoIsOverHisShareWaitsForTheMinutesEndAndNobodyElseDoes() {
        for (int i = 0; i < 3; i++) {
            assertThat(take("one", Errand.OPENING)).isEmpty();
        }
        now += TimeUnit.SECONDS.toNanos(20);
        for (int i = 0; i < 100; i++) {
            assertThat(take("one", Errand.OPENING)).contains(new Busy(Limit.ONE_CUSTOMER, Duration.ofSeconds(40)));
        }
        assertThat(take("another", Errand.OPENING)).isEmpty();
        assertThat(turns.take(new Quota.Key("realm", "another app"), "one", Errand.OPENING, RULES))
                .isEmpty();
        now += TimeUnit.SECONDS.toNanos(40);
        assertThat(take("one", Errand.OPENING)).isEmpty();
    }

    @Test
    void whoOpensTooMuchGetsOutAndWhatIsUnderWayGoesOn() {
        exhaust("one", Errand.OPENING, 3);
        exhaust("one", Errand.WAY_OUT, 3);
        // One redemption, one result and one look for each of both.
        exhaust("one", Errand.FOLLOW_UP, 18);
        exhaust("one", Errand.REPORT, 3);
        exhaust("one", Errand.SIGNALS, 3);
    }

    private void exhaust(String customer, Errand errand, int most) {
        for (int i = 0; i < most; i++) {
            assertThat(take(customer, errand)).isEmpty();
        }
        assertThat(take(customer, errand)).map(Busy::limit).contains(Limit.ONE_CUSTOMER);
    }

    @Test
    void anAppAsksForSoManyCustomersAndReportsOfAnyNumber() {
        for (int i = 0; i < 4; i++) {
            assertThat(take("customer " + i, Errand.OPENING)).isEmpty();
            assertThat(take("customer " + i, Errand.WAY_OUT)).isEmpty();
        }
        assertThat(take("a fifth", Errand.WAY_OUT)).map(Busy::limit).contains(Limit.CUSTOMERS);
        assertThat(take("customer 0", Errand.OPENING)).isEmpty();
        for (int i = 0; i < 20; i++) {
            assertThat(take("customer " + i, Errand.REPORT)).isEmpty();
        }
        assertThat(take("customer 20", Errand.REPORT)).map(Busy::limit).contains(Limit.REQUESTS);
        for (int i = 0; i < 60; i++) {
            assertThat(take("customer " + i, Errand.FOLLOW_UP)).isEmpty();
        }
        assertThat(take("customer 60", Errand.FOLLOW_UP)).map(Busy::limit).contains(Limit.REQUESTS);
    }

    @Test
    void whoMayMoreFromNowOnMayAtOnce() {
        exhaust("one", Errand.OPENING, 3);

        assertThat(turns.take(APP, "one", Errand.OPENING, rules(20, 4, 4))).isEmpty();
        assertThat(turns.take(APP, "one", Errand.FOLLOW_UP, rules(1_000_000, 1_000_000, 4)))
                .isEmpty();
    }

    @Test
    void noMoreThanTheShareIsTakenAtOneMoment() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Optional<Busy>>> taken = threads.invokeAll(IntStream.range(0, 200)
                    .<Callable<Optional<Busy>>>mapToObj(any -> () -> take("one", Errand.OPENING))
                    .toList());
            int granted = 0;
            for (Future<Optional<Busy>> one : taken) {
                granted += one.get().isEmpty() ? 1 : 0;
            }
            assertThat(granted).isEqualTo(3);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Whatever others do in the minute: who comes once for something that few others come for is let in. */
    @Property
    void whateverOneDoesTheOthersHaveWhatTheyHad(@ForAll("comings") @Size(max = 200) List<Come> comings) {
        Turns busy = new Turns(() -> 0);
        Turns quiet = new Turns(() -> 0);
        for (Come come : comings) {
            Optional<Limit> withHim =
                    busy.take(APP, come.customer(), come.errand(), RULES).map(Busy::limit);
            for (int i = 0; i < 3; i++) {
                busy.take(APP, "scripted", Errand.OPENING, RULES);
                busy.take(APP, "scripted", Errand.WAY_OUT, RULES);
            }
            assertThat(withHim)
                    .isEqualTo(quiet.take(APP, come.customer(), come.errand(), RULES)
                            .map(Busy::limit));
        }
    }

    @Provide
    Arbitrary<List<Come>> comings() {
        return Combinators.combine(Arbitraries.of("a", "b", "c"), Arbitraries.of(Errand.class))
                .as(Come::new)
                .list();
    }

    private Optional<Busy> take(String customer, Errand errand) {
        return turns.take(APP, customer, errand, RULES);
    }

    private static OperationPolicy rules(int requests, int ofCustomer, int customers) {
        return new OperationPolicy(
                Duration.ofMinutes(10),
                Duration.ofHours(72),
                Duration.ofHours(8),
                Duration.ofHours(24),
                LocalDate.EPOCH,
                Duration.ofDays(400),
                requests,
                ofCustomer,
                customers,
                20,
                TradingPasswordUse.WITHOUT_PASSKEY,
                Map.of());
    }
}
