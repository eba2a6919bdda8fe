package jp.sekisho.checkpoint.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import jp.sekisho.checkpoint.operation.Busy.Limit;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.policies.operation.OperationPolicy;
import jp.sekisho.storage.operation.Allowances;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * How often one app comes. First the share of the customer is looked at, on this node, and only then what the app has in all: what is
 * refused him takes nothing from the others. Of what is asked, nodes take parts of the minute's allowance from the database and use
 * them up by themselves, so that a request pays no statement for it, and all nodes together no more than there is.
 */
public final class Quota {

    private static final int PARTS = 20;

    private final Map<Key, Minute> minutes = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private final Turns turns;

    /** @param nanos a clock that only goes forward */
    public Quota(LongSupplier nanos) {
        this.nanos = nanos;
        this.turns = new Turns(nanos);
    }

    record Key(String realmId, String clientId) {

        static Key of(ClientModel app) {
            return new Key(app.getRealm().getId(), app.getClientId());
        }
    }

    private record Part(boolean taken, Duration rest) {}

    /** What this node knows of the minute. */
    private static final class Minute {

        private final long end;
        private final AtomicInteger left = new AtomicInteger();
        private volatile boolean spent;

        Minute(long end) {
            this.end = end;
        }

        boolean lasts(long now) {
            return end - now > 0;
        }

        boolean take() {
            return left.getAndUpdate(number -> Math.max(0, number - 1)) > 0;
        }

        Duration rest(long now) {
            return Duration.ofNanos(Math.max(1, end - now));
        }
    }

    /**
     * The app asks about an operation, for which nothing was read yet.
     *
     * @return empty where it need not wait
     */
    public Optional<Busy> ask(
            KeycloakSession session, ClientModel app, OperationPolicy rules, UserModel customer, boolean wayOut) {
        Key key = Key.of(app);
        return turns.take(key, customer.getId(), wayOut ? Errand.WAY_OUT : Errand.OPENING, rules)
                .or(() -> allowed(session, key, rules.requestsPerMinute()).map(rest -> new Busy(Limit.REQUESTS, rest)));
    }

    /**
     * The app comes for what it need not be allowed over all nodes.
     *
     * @param customer his id
     * @return empty where it need not wait
     */
    public Optional<Busy> come(ClientModel app, OperationPolicy rules, String customer, Errand errand) {
        return turns.take(Key.of(app), customer, errand, rules);
    }

    /** Takes one of the app's. @param most in a minute, over all nodes @return how long it must wait */
    private Optional<Duration> allowed(KeycloakSession session, Key key, int most) {
        Minute known = minutes.get(key);
        long now = nanos.getAsLong();
        if (known != null && known.lasts(now)) {
            if (known.take()) {
                return Optional.empty();
            }
            if (known.spent) {
                return Optional.of(known.rest(now));
            }
        }
        int size = Math.max(1, most / PARTS);
        Part part = OwnTransaction.call(session, em -> {
            Instant time = DatabaseClock.now(em);
            boolean taken = new Allowances(em).take(key.realmId(), key.clientId(), size, most, time);
            return new Part(taken, Duration.between(time, Allowances.end(time)));
        });
        long then = nanos.getAsLong();
        Minute minute = minutes.compute(
                key,
                (same, before) -> before != null && before.lasts(then)
                        ? before
                        : new Minute(then + part.rest().toNanos()));
        if (part.taken()) {
            minute.left.addAndGet(size - 1);
            return Optional.empty();
        }
        minute.spent = true;
        return Optional.of(minute.rest(then));
    }
}
