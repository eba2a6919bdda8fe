package jp.sekisho.checkpoint.operation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import jp.sekisho.checkpoint.operation.Busy.Limit;
import jp.sekisho.policies.operation.OperationPolicy;

/**
 * How often an app comes for each of its customers, on this node: one of them uses up his own share, and not what all have.
 * A request that is refused takes nothing.
 */
final class Turns {

    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Map<Quota.Key, Minute> minutes = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    Turns(LongSupplier nanos) {
        this.nanos = nanos;
    }

    private record Turn(String user, Errand errand) {}

    /** Bounded: who asks, by how many customers there are; what else, by how often the app comes. */
    private static final class Minute {

        private final long begun;
        private final Set<String> asked = new HashSet<>();
        private final Map<Turn, Integer> turns = new HashMap<>();
        private final Map<Errand, Integer> all = new EnumMap<>(Errand.class);

        Minute(long begun) {
            this.begun = begun;
        }

        boolean lasts(long now) {
            return now - begun < MINUTE;
        }

        Duration rest(long now) {
            return Duration.ofNanos(Math.max(1, begun + MINUTE - now));
        }

        synchronized Optional<Limit> take(String user, Errand errand, OperationPolicy rules) {
            Turn turn = new Turn(user, errand);
            if (turns.getOrDefault(turn, 0) >= errand.ofCustomer(rules)) {
                return Optional.of(Limit.ONE_CUSTOMER);
            }
            if (all.getOrDefault(errand, 0) >= errand.ofApp(rules)) {
                return Optional.of(Limit.REQUESTS);
            }
            if (errand.asks() && !asked.contains(user)) {
                if (asked.size() >= rules.customersPerMinute()) {
                    return Optional.of(Limit.CUSTOMERS);
                }
                asked.add(user);
            }
            turns.merge(turn, 1, Integer::sum);
            all.merge(errand, 1, Integer::sum);
            return Optional.empty();
        }
    }

    /**
     * Takes one.
     *
     * @param user the customer's id
     * @return empty where the app need not wait
     */
    Optional<Busy> take(Quota.Key app, String user, Errand errand, OperationPolicy rules) {
        long now = nanos.getAsLong();
        Minute minute =
                minutes.compute(app, (same, before) -> before != null && before.lasts(now) ? before : new Minute(now));
        return minute.take(user, errand, rules).map(limit -> new Busy(limit, minute.rest(now)));
    }
}
