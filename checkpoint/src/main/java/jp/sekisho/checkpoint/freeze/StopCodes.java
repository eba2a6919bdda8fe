package jp.sekisho.checkpoint.freeze;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Optional;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.lock.TypedCodes;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.evidence.ClientAddress;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.freeze.Freeze.By;
import jp.sekisho.policies.freeze.StopCode;
import jp.sekisho.storage.freeze.Freezes;
import jp.sekisho.storage.outbox.Outbox;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Codes of notices, with which whoever holds one freezes without a login, and only that. A right one is used up by one
 * conditional UPDATE. What was told before a thaw may be in the hands that were thawed away: its codes ended then. Wrong ones
 * are counted; many of them raise an alarm, and make who types them wait.
 */
public final class StopCodes {

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
     * Freezes whom the code is of. Nobody learns whether it was one. What takes time is done afterwards by a worker.
     *
     * @param typed as it was typed
     * @param address where it came from
     * @return false where nothing was looked at, whatever was typed: too many wrong ones came from there, and he has to wait
     */
    public boolean stop(String typed, Field<ClientAddress> address) {
        Optional<TypedCodes.Typed> begun =
                TypedCodes.of(session, realm, policy, TypedCodes.Kind.STOP_CODE).begin(address);
        begun.ifPresent(counted -> stop(typed, counted));
        return begun.isPresent();
    }

    private void stop(String typed, TypedCodes.Typed counted) {
        // What is no code at all is looked for like one.
        String hash = StopCode.parse(typed).map(StopCode::hash).orElse("");
        Instant now = DatabaseClock.now(em());
        Outbox outbox = new Outbox(em());
        Optional<UserModel> stopped = outbox.ofStopCode(realm.getId(), hash)
                .map(userId -> session.users().getUserById(realm, userId))
                .filter(user -> outbox.stop(realm.getId(), hash, since(user, now), now));
        if (stopped.isPresent()) {
            counted.right();
            freeze(stopped.get());
        } else {
            counted.wrong();
        }
    }

    private Instant since(UserModel user, Instant now) {
        Instant oldest = now.minus(policy.profile().freeze().stopCode());
        return new Freezes(em())
                .lastThaw(Customers.pseudonym(session, realm, user))
                .filter(oldest::isBefore)
                .orElse(oldest);
    }

    private void freeze(UserModel user) {
        Freezing.of(session, realm, policy).freeze(user, Optional.empty(), By.STOP_CODE, "stop code", Optional.empty());
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
