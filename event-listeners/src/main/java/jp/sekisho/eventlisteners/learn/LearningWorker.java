package jp.sekisho.eventlisteners.learn;

import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import jp.sekisho.checkpoint.policy.PolicyProvider;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.eventlisteners.learn.Lesson.Given;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns from the evidence log of every realm with a policy. Runs on every node; in one realm only one works. */
public final class LearningWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(LearningWorker.class);

    private final KeycloakSessionFactory factory;
    private final LearningMetrics metrics = new LearningMetrics(Metrics.globalRegistry);

    public LearningWorker(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    @Override
    public void run() {
        Duration lag = Duration.ZERO;
        for (String realmId : realms()) {
            try {
                while (lesson(realmId)) {
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                }
            } catch (RuntimeException trouble) {
                LOG.error("realm {}: nothing was learned", realmId, trouble);
            }
            Duration ofRealm = lag(realmId);
            lag = ofRealm.compareTo(lag) > 0 ? ofRealm : lag;
        }
        metrics.lag(lag);
    }

    private List<String> realms() {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> session.realms()
                        .getRealmsWithProviderTypeStream(PolicyProvider.class)
                        .map(RealmModel::getId)
                        .toList());
    }

    /** @return whether there is more to learn at once */
    private boolean lesson(String realmId) {
        Given given = inLesson(realmId, Lesson::give).orElse(Given.NOTHING);
        metrics.learned(given.learned());
        return given.more();
    }

    /** Of a realm that no lesson could be given in, too, and of one that another node works in. */
    private Duration lag(String realmId) {
        return inLesson(realmId, Lesson::lag).orElse(Duration.ZERO);
    }

    private <T> Optional<T> inLesson(String realmId, Function<Lesson, T> part) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> policy(session, realmId).map(policy -> {
                    EntityManager em =
                            session.getProvider(JpaConnectionProvider.class).getEntityManager();
                    return part.apply(
                            new Lesson(em, realmId, policy.profile().risk(), policy.monitor(), DatabaseClock.now(em)));
                }));
    }

    private static Optional<RealmPolicy> policy(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        if (realm == null) {
            return Optional.empty();
        }
        session.getContext().setRealm(realm);
        return RealmPolicies.of(session, realm);
    }
}
