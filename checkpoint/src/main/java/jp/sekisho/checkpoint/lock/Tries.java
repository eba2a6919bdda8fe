package jp.sekisho.checkpoint.lock;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** How often a source tried codes in a window; each count is committed at once, whatever becomes of the request. */
public final class Tries {

    /** Where no address is known. */
    public static final String NOWHERE = "codes of no address";

    /** Each lost race means that another try was counted. */
    private static final int RACES = 12;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Counter.Key key;
    private final Duration window;

    private Tries(KeycloakSession session, RealmModel realm, Counter.Key key, Duration window) {
        this.session = session;
        this.realm = realm;
        this.key = key;
        this.window = window;
    }

    /** @param what is tried */
    public static Tries of(KeycloakSession session, RealmModel realm, String what, Duration window) {
        return new Tries(session, realm, new Counter.Key(what, Counter.Key.UNKNOWN_DEVICES), window);
    }

    /**
     * Counts one more.
     *
     * @param source an IPv4 address, an IPv6 /64, or what stands for all
     * @return which one it is; 0 where so many try at once that it could not be counted
     */
    public int count(String source) {
        String pseudonym = pseudonym(source);
        for (int race = 0; race < RACES; race++) {
            Optional<Integer> counted = OwnTransaction.attempt(session, em -> count(em, pseudonym));
            if (counted.isPresent()) {
                return counted.get();
            }
        }
        return 0;
    }

    /** Empty where another try was faster. What is counted on and its version are of one read, or a try is lost between two. */
    private Optional<Integer> count(EntityManager em, String pseudonym) {
        Instant now = DatabaseClock.now(em);
        Counters counters = new Counters(em);
        Optional<Counter> known = counters.of(pseudonym).stream()
                .filter(counter -> counter.key().equals(key))
                .findFirst();
        Optional<Counter> inWindow =
                known.filter(counter -> now.isBefore(counter.windowStart().plus(window)));
        int tried = inWindow.map(Counter::failures).orElse(0) + 1;
        Counter after = new Counter(
                key,
                tried,
                inWindow.map(Counter::windowStart).orElse(now),
                0,
                Optional.empty(),
                Optional.empty(),
                known.map(Counter::version).orElse(0L));
        return counters.replace(realm.getId(), pseudonym, List.of(after), now) ? Optional.of(tried) : Optional.empty();
    }

    private String pseudonym(String source) {
        return Customers.pseudonymOfSource(session, realm, source);
    }
}
