package jp.sekisho.checkpoint.lock;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.lockout.TryLimit;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * How often a source tried codes: counted before they are looked at, and committed at once, whatever becomes of the request. Of any
 * number at once, on any number of nodes, no more are looked at than the limit lets through (decision 8).
 */
final class Tries {

    /** Each lost race means that another try was counted. */
    private static final int RACES = 12;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Counter.Key key;
    private final TryLimit limit;

    /** @param what is tried */
    Tries(KeycloakSession session, RealmModel realm, String what, TryLimit limit) {
        this.session = session;
        this.realm = realm;
        this.key = new Counter.Key(what, Counter.Key.UNKNOWN_DEVICES);
        this.limit = limit;
    }

    /**
     * Counts one more.
     *
     * @param source an IPv4 address, an IPv6 /64, or what stands for one
     * @return which one it is; empty where it must wait, or so many try at once that it could not be counted
     */
    OptionalInt count(String source) {
        return change(source, (known, now) -> limit.tried(key, known, now))
                .map(counter -> OptionalInt.of(counter.failures()))
                .orElseGet(OptionalInt::empty);
    }

    /** The one that was counted was right. Where too many others try at once it stays counted. */
    void right(String source) {
        change(source, (known, now) -> known.map(TryLimit::right));
    }

    private Optional<Counter> change(
            String source, BiFunction<Optional<Counter>, Instant, Optional<Counter>> successor) {
        String pseudonym = Customers.pseudonymOfSource(session, realm, source);
        for (int race = 0; race < RACES; race++) {
            Change change = OwnTransaction.call(session, em -> change(em, pseudonym, successor));
            if (!change.lost()) {
                return change.stored();
            }
        }
        return Optional.empty();
    }

    /** @param lost whether somebody else was faster */
    private record Change(Optional<Counter> stored, boolean lost) {}

    /** What is counted on and its version are of one read, or a try is lost between two. */
    private Change change(
            EntityManager em, String pseudonym, BiFunction<Optional<Counter>, Instant, Optional<Counter>> successor) {
        Instant now = DatabaseClock.now(em);
        Counters counters = new Counters(em);
        Optional<Counter> known = counters.of(pseudonym).stream()
                .filter(counter -> counter.key().equals(key))
                .findFirst();
        Optional<Counter> after = successor.apply(known, now);
        boolean stored = after.isEmpty() || counters.replace(realm.getId(), pseudonym, List.of(after.get()), now);
        return new Change(after, !stored);
    }
}
