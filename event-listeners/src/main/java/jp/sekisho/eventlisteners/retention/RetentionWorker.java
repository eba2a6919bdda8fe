package jp.sekisho.eventlisteners.retention;

import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import jp.sekisho.checkpoint.policy.PolicyProvider;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.eventlisteners.retention.Cleaning.Terms;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what was kept long enough, once an hour in each realm, on whichever node comes first. */
// FFAJ-2.2-S3
public final class RetentionWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RetentionWorker.class);

    private final KeycloakSessionFactory factory;

    public RetentionWorker(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    @Override
    public void run() {
        for (String realmId : realms()) {
            for (Cleaning.Kind kind : Cleaning.Kind.values()) {
                try {
                    while (batch(realmId, kind)) {
                        if (Thread.currentThread().isInterrupted()) {
                            return;
                        }
                    }
                } catch (RuntimeException trouble) {
                    LOG.error("realm {}: {} were not cleaned up", realmId, kind, trouble);
                }
            }
        }
    }

    /** Evidence survives its realm and the realm's policy, and is deleted in time all the same. */
    private Set<String> realms() {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            Set<String> realms = new LinkedHashSet<>(new EvidenceLog(em(session)).realms());
            session.realms()
                    .getRealmsWithProviderTypeStream(PolicyProvider.class)
                    .map(RealmModel::getId)
                    .forEach(realms::add);
            return realms;
        });
    }

    /** @return whether there is more */
    private boolean batch(String realmId, Cleaning.Kind kind) {
        int deleted = KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            EntityManager em = em(session);
            return new Cleaning(em, realmId, terms(session, realmId), DatabaseClock.now(em)).batch(kind);
        });
        Metrics.globalRegistry
                .counter("sekisho.retention.deleted", "what", kind.word())
                .increment(deleted);
        return deleted == Cleaning.BATCH;
    }

    private static Terms terms(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return Terms.of(Optional.empty());
        }
        session.getContext().setRealm(realm);
        return Terms.of(RealmPolicies.of(session, realm));
    }

    private static EntityManager em(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
