package jp.sekisho.eventlisteners.freeze;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.passkey.Passkeys;
import jp.sekisho.checkpoint.session.SessionEnd;
import jp.sekisho.policies.freeze.Freeze;
import jp.sekisho.storage.freeze.Freezes;
import jp.sekisho.storage.freeze.Freezes.Due;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings about what a freeze entails, on whichever node comes first, and again until it is done: the user is disabled, tokens
 * that were issued before are good for nothing, sessions and provisional passkeys end. What calls apps is in no request, so that nobody can tell a
 * right stop code from a wrong one by the time it takes.
 */
// JP25-8
public final class FreezeWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(FreezeWorker.class);

    private static final Duration HOLD = Duration.ofSeconds(30);
    private static final int BATCH = 50;

    private final KeycloakSessionFactory factory;

    public FreezeWorker(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    @Override
    public void run() {
        List<Due> due = KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            EntityManager em = em(session);
            return new Freezes(em).take(DatabaseClock.now(em), HOLD, BATCH);
        });
        due.forEach(this::bringAbout);
    }

    private void bringAbout(Due due) {
        try {
            inRealm(due, (session, frozen) -> {
                RealmModel realm = session.getContext().getRealm();
                // Tokens carry whole seconds of a node's clock.
                int now = (int) DatabaseClock.now(em(session)).getEpochSecond() + 1;
                session.users().setNotBeforeForUser(realm, frozen.user(), now);
                if (!frozen.reopens()) {
                    frozen.user().setEnabled(false);
                    // JP25-9: whose a provisional one is, nobody knows, and a thaw must not find it grown up.
                    Passkeys.of(session, realm).endProvisional(frozen.customer());
                }
            });
            inRealm(
                    due,
                    (session, frozen) ->
                            SessionEnd.ofAll(session, session.getContext().getRealm(), frozen.user()));
            KeycloakModelUtils.runJobInTransaction(factory, session -> new Freezes(em(session)).done(due));
        } catch (RuntimeException trouble) {
            LOG.error("realm {}: freeze {} refuses, what it entails is tried again", due.realmId(), due.id(), trouble);
        }
    }

    /**
     * Whose freeze lasts until the transaction ends.
     *
     * @param customer pseudonym
     * @param reopens whether his thaw is approved: what he had was taken away with that, and he may have been enabled to bind anew
     */
    private record Frozen(UserModel user, String customer, boolean reopens) {}

    private void inRealm(Due due, BiConsumer<KeycloakSession, Frozen> work) {
        KeycloakModelUtils.runJobInTransaction(factory, session -> {
            RealmModel realm = session.realms().getRealm(due.realmId());
            if (realm == null) {
                return;
            }
            session.getContext().setRealm(realm);
            UserModel user = session.users().getUserById(realm, due.userId());
            if (user == null) {
                return;
            }
            String customer = Customers.pseudonym(session, realm, user);
            // Held, or it could be approved, or thawed, before what is done here is committed.
            List<Freeze> freezes = new Freezes(em(session)).held(customer);
            if (freezes.stream().anyMatch(freeze -> freeze.id().equals(due.id()))) {
                boolean reopens = Freeze.reopening(freezes).isPresent();
                work.accept(session, new Frozen(user, customer, reopens));
            }
        });
    }

    private static EntityManager em(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
