package jp.sekisho.eventlisteners.watchdog;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicInteger;
import jp.sekisho.checkpoint.alert.DeskAlerts;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.policy.PolicyProvider;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.policies.digest.Sha256;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.cursor.Cursors;
import jp.sekisho.storage.cursor.Cursors.Held;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether every bound flow of a realm with a policy holds the guard. The backstop lets nobody through one that does
 * not; but a customer who is locked out by it is a harm of its own, and who bound the flow has to be asked why.
 */
final class Watchdog implements Runnable {

    private static final String CURSOR = "watchdog";
    private static final int ID_LENGTH = 36;
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final KeycloakSessionFactory factory;
    private final AtomicInteger unguarded = new AtomicInteger();
    private final Gauge metric;
    private final Map<String, SortedSet<String>> known = new HashMap<>();

    Watchdog(KeycloakSessionFactory factory) {
        this.factory = factory;
        this.metric = Gauge.builder("sekisho.flows.unguarded", unguarded, AtomicInteger::get)
                .description("Bound flows that let somebody past the checkpoint")
                .register(Metrics.globalRegistry);
    }

    void forget() {
        Metrics.globalRegistry.remove(metric);
    }

    @Override
    public void run() {
        List<String> realms = KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> session.realms()
                        .getRealmsWithProviderTypeStream(PolicyProvider.class)
                        .map(RealmModel::getId)
                        .toList());
        known.keySet().retainAll(realms);
        int all = 0;
        for (String realmId : realms) {
            Look look = KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> look(session, realmId));
            if (look.told()) {
                known.put(realmId, look.unguarded());
            }
            all += look.unguarded().size();
        }
        unguarded.set(all);
    }

    /** @param told whether the desk knows of it, by this node or another one */
    private record Look(SortedSet<String> unguarded, boolean told) {}

    private Look look(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return new Look(Collections.emptySortedSet(), false);
        }
        session.getContext().setRealm(realm);
        SortedSet<String> now = new BoundFlows(session, realm).unguarded();
        SortedSet<String> before = known.get(realmId);
        if (now.equals(before)) {
            return new Look(now, true);
        }
        if (before != null || !now.isEmpty()) {
            log(realm, now);
        }
        return new Look(now, tell(session, realm, now));
    }

    private static void log(RealmModel realm, SortedSet<String> unguarded) {
        if (unguarded.isEmpty()) {
            LOG.info("realm {}: every bound flow holds the guard again", realm.getName());
        } else {
            LOG.error("realm {}: flows that let somebody past the checkpoint: {}", realm.getName(), unguarded);
        }
    }

    /**
     * Once, by the node that comes first: the cursor holds when it was told last, and of what.
     *
     * @return false while another node tells
     */
    private static boolean tell(KeycloakSession session, RealmModel realm, SortedSet<String> unguarded) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        Cursors cursors = new Cursors(em);
        Optional<Held> held = cursors.hold(realm.getId(), CURSOR).or(() -> cursors.hold(realm.getId(), CURSOR));
        if (held.isEmpty()) {
            return false;
        }
        Position now = new Position(DatabaseClock.now(em), digest(unguarded));
        if (!held.get().position().id().equals(now.id())) {
            RealmPolicies.of(session, realm)
                    .ifPresent(policy -> DeskAlerts.of(session, realm, policy)
                            .raise(
                                    Notice.UNGUARDED_FLOWS,
                                    now.at(),
                                    now.at().toString(),
                                    Map.of(NoticeValues.UNGUARDED, List.copyOf(unguarded))));
            held.get().move(now);
        }
        return true;
    }

    /** As a cursor has room for it; that of nothing is where a cursor begins. */
    private static String digest(SortedSet<String> unguarded) {
        return unguarded.isEmpty()
                ? Position.BEFORE_ALL
                : Sha256.hex(String.join("\n", unguarded)).substring(0, ID_LENGTH);
    }
}
