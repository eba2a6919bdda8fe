package jp.sekisho.checkpoint.hold;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.dossier.CustomerFile;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.storage.counter.Counters;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * An account whose password only a mail code vouches for: the sessions that come of it are held for a day, too. Kept with
 * the customer's counters, which a login has read anyway.
 */
public final class AccountHold {

    private static final Counter.Key KEY = new Counter.Key("password-reset", "account");

    private AccountHold() {}

    /** With the transaction of what begins it. */
    public static void begin(KeycloakSession session, RealmModel realm, String customer, Instant until) {
        CustomerFile file = CustomerFile.of(session, realm, customer);
        long version = counter(file).map(Counter::version).orElse(0L);
        Counter held = new Counter(KEY, 0, file.now(), 0, Optional.of(until), Optional.empty(), version);
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        if (!new Counters(em).replace(realm.getId(), customer, List.of(held), file.now())) {
            throw new IllegalStateException("two changes at once on one customer");
        }
    }

    /** Until when; empty where the account is not held. */
    public static Optional<Instant> of(KeycloakSession session, RealmModel realm, String customer) {
        CustomerFile file = CustomerFile.of(session, realm, customer);
        return counter(file).flatMap(Counter::blockedUntil).filter(file.now()::isBefore);
    }

    private static Optional<Counter> counter(CustomerFile file) {
        return file.latest().counters().stream()
                .filter(counter -> counter.key().equals(KEY))
                .findFirst();
    }
}
