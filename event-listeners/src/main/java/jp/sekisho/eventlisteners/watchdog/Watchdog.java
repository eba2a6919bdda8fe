package jp.sekisho.eventlisteners.watchdog;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.checkpoint.policy.PolicyProvider;
import jp.sekisho.storage.evidence.EvidenceLog;
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
            all += KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> look(session, realmId));
        }
        unguarded.set(all);
    }

    private int look(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return 0;
        }
        session.getContext().setRealm(realm);
        SortedSet<String> now = new BoundFlows(session, realm).unguarded();
        if (!now.equals(known.getOrDefault(realmId, new TreeSet<>()))) {
            tell(session, realm, now);
            known.put(realmId, now);
        }
        return now.size();
    }

    private static void tell(KeycloakSession session, RealmModel realm, SortedSet<String> unguarded) {
        if (unguarded.isEmpty()) {
            LOG.info("realm {}: every bound flow holds the guard again", realm.getName());
        } else {
            LOG.error("realm {}: flows that let somebody past the checkpoint: {}", realm.getName(), unguarded);
        }
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        new EvidenceLog(em).append(Facts.unguardedFlows(realm.getId(), List.copyOf(unguarded), DatabaseClock.now(em)));
    }
}
