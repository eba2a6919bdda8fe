package jp.sekisho.checkpoint.freeze;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.checkpoint.transaction.OwnTransaction;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.freeze.FreezePolicy;
import jp.sekisho.policies.freeze.StopCode;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Codes of notices, with which whoever holds one freezes without a login, and only that. Tries are counted before a code is
 * looked at; a code is used up by one conditional UPDATE.
 */
public final class StopCodes {

    private static final Logger LOG = LoggerFactory.getLogger(StopCodes.class);

    private static final Counter.Key TRIES = new Counter.Key("stop-code", Counter.Key.UNKNOWN_DEVICES);
    private static final String IN_ALL = "stop-codes in all";
    private static final String NOWHERE = "stop-codes of no address";

    /** Each lost race means that another try was counted. */
    private static final int RACES = 12;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    private StopCodes(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    public static StopCodes of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new StopCodes(session, realm, policy);
    }

    /**
     * Freezes whom the code is of. Nothing is returned: nobody learns whether it was one. What takes time is done afterwards
     * by a worker.
     *
     * @param typed as it was typed
     * @param address where it came from
     */
    public void stop(String typed, Field<ClientAddress> address) {
        FreezePolicy numbers = policy.profile().freeze();
        String source = address.present().map(ClientAddress::source).orElse(NOWHERE);
        if (!counted(source, numbers.stopTries()) || !counted(IN_ALL, numbers.stopTriesInAll())) {
            LOG.warn("realm {}: too many stop codes were tried, one is not looked at", realm.getName());
            return;
        }
        // What is no code at all is looked for like one.
        String hash = StopCode.parse(typed).map(StopCode::hash).orElse("");
        Instant now = DatabaseClock.now(em());
        new Outbox(em())
                .stop(realm.getId(), hash, now.minus(numbers.stopCode()), now)
                .map(userId -> session.users().getUserById(realm, userId))
                .ifPresent(this::freeze);
    }

    private void freeze(UserModel user) {
        Freezing.of(session, realm, policy).freeze(user, Optional.empty(), By.STOP_CODE, "stop code", Optional.empty());
    }

    /** Whether the try is one of the first so many; counted in a transaction of its own. */
    private boolean counted(String source, int most) {
        String pseudonym = Customers.pseudonymOfSource(session, realm, source);
        for (int race = 0; race < RACES; race++) {
            Optional<Boolean> counted = OwnTransaction.attempt(session, em -> count(em, pseudonym, most));
            if (counted.isPresent()) {
                return counted.get();
            }
        }
        return false;
    }

    /** Empty where another try was faster. */
    private Optional<Boolean> count(EntityManager em, String pseudonym, int most) {
        Instant now = DatabaseClock.now(em);
        Counters counters = new Counters(em);
        Optional<Counter> before = counters.of(pseudonym).stream()
                .filter(counter -> counter.key().equals(TRIES))
                .findFirst();
        boolean over = before.filter(counter -> now.isBefore(
                        counter.windowStart().plus(policy.profile().freeze().stopWindow())))
                .isEmpty();
        int tried = over ? 0 : before.get().failures();
        if (tried >= most) {
            return Optional.of(false);
        }
        Counter after = new Counter(
                TRIES,
                tried + 1,
                over ? now : before.get().windowStart(),
                0,
                Optional.empty(),
                Optional.empty(),
                before.map(Counter::version).orElse(0L));
        return counters.replace(realm.getId(), pseudonym, List.of(after), now) ? Optional.of(true) : Optional.empty();
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
