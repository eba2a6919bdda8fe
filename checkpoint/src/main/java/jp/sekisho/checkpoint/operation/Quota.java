package jp.sekisho.checkpoint.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.storage.operation.Allowances;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * How often one app asks. Nodes take parts of the minute's allowance from the database and use them up by themselves, so that
 * a request pays no statement for it, and all nodes together no more than there is.
 */
public final class Quota {

    private static final int PARTS = 20;

    private final Map<Key, Minute> minutes = new ConcurrentHashMap<>();

    private record Key(String realmId, String clientId) {

        static Key of(ClientModel app) {
            return new Key(app.getRealm().getId(), app.getClientId());
        }
    }

    private record Part(boolean taken, Duration rest) {}

    /** What this node knows of the minute. */
    private static final class Minute {

        private final long end;
        private final AtomicInteger left = new AtomicInteger();
        private final Set<String> customers = ConcurrentHashMap.newKeySet();
        private volatile boolean spent;

        Minute(Duration rest) {
            end = System.nanoTime() + rest.toNanos();
        }

        boolean lasts() {
            return end - System.nanoTime() > 0;
        }

        boolean take() {
            return left.getAndUpdate(number -> Math.max(0, number - 1)) > 0;
        }

        Duration rest() {
            return Duration.ofNanos(Math.max(1, end - System.nanoTime()));
        }
    }

    /**
     * Takes a request.
     *
     * @param most of the app in a minute, over all nodes
     * @return how long it must wait; empty where it need not
     */
    public Optional<Duration> request(KeycloakSession session, ClientModel app, int most) {
        Key key = Key.of(app);
        Minute known = minutes.get(key);
        if (known != null && known.lasts()) {
            if (known.take()) {
                return Optional.empty();
            }
            if (known.spent) {
                return Optional.of(known.rest());
            }
        }
        int size = Math.max(1, most / PARTS);
        Part part = OwnTransaction.call(session, em -> {
            Instant now = DatabaseClock.now(em);
            boolean taken = new Allowances(em).take(key.realmId(), key.clientId(), size, most, now);
            return new Part(taken, Duration.between(now, Allowances.end(now)));
        });
        Minute minute = minutes.compute(
                key, (same, before) -> before != null && before.lasts() ? before : new Minute(part.rest()));
        if (part.taken()) {
            minute.left.addAndGet(size - 1);
            return Optional.empty();
        }
        minute.spent = true;
        return Optional.of(minute.rest());
    }

    /**
     * The request is about a customer.
     *
     * @param customer pseudonym
     * @param most customers in a minute, on this node
     * @return how long it must wait; empty where it need not
     */
    public Optional<Duration> customer(ClientModel app, String customer, int most) {
        Minute minute = minutes.get(Key.of(app));
        if (minute == null || minute.customers.contains(customer)) {
            return Optional.empty();
        }
        if (minute.customers.size() >= most) {
            return Optional.of(minute.rest());
        }
        minute.customers.add(customer);
        return Optional.empty();
    }
}
