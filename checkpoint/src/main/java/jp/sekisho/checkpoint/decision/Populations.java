package jp.sekisho.checkpoint.decision;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.List;
import jp.sekisho.policies.risk.Decoys;
import jp.sekisho.policies.risk.Population;
import jp.sekisho.storage.baseline.Baselines;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Snapshots of the realms' aggregates: logins read memory, and never wait for each other. */
final class Populations {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final int REALMS = 1000;

    /**
     * @param population what the realm's customers share
     * @param decoys the histories of those who do not exist
     */
    record Snapshot(Population population, Decoys decoys) {}

    private final LoadingCache<String, Snapshot> snapshots;

    Populations(KeycloakSessionFactory factory) {
        this.snapshots = Caffeine.newBuilder()
                .maximumSize(REALMS)
                .refreshAfterWrite(FRESH)
                .build(realmId -> load(factory, realmId));
    }

    Snapshot of(String realmId) {
        return snapshots.get(realmId);
    }

    private static Snapshot load(KeycloakSessionFactory factory, String realmId) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            Baselines baselines = new Baselines(
                    session.getProvider(JpaConnectionProvider.class).getEntityManager());
            List<Population.Count> rows = baselines.population(realmId);
            return new Snapshot(Population.of(rows), Decoys.of(rows));
        });
    }
}
