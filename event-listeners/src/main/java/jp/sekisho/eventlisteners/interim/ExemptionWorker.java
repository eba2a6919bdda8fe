package jp.sekisho.eventlisteners.interim;

import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jp.sekisho.checkpoint.interim.ExemptionRate;
import jp.sekisho.checkpoint.interim.InterimRecords;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.PolicyProvider;
import jp.sekisho.checkpoint.policy.RealmPolicies;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.interim.Exemptions;
import jp.sekisho.storage.interim.Exemptions.Expired;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that exemptions came to their end and tells the customers, on whichever node comes first, and follows their rate.
 * An exemption ends by its date, not by this worker.
 */
// JP25-5
public final class ExemptionWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(ExemptionWorker.class);

    /** A realm may have millions of users. */
    private static final Duration COUNT_USERS_EVERY = Duration.ofMinutes(10);

    private final KeycloakSessionFactory factory;
    private final ExemptionMetrics metrics = new ExemptionMetrics(Metrics.globalRegistry);
    private final Map<String, Long> active = new HashMap<>();
    private long countedAt = System.nanoTime();

    public ExemptionWorker(KeycloakSessionFactory factory) {
        this.factory = factory;
    }

    @Override
    public void run() {
        List<String> realms = realms();
        for (String realmId : realms) {
            try {
                inRealm(realmId, ExemptionWorker::expired)
                        .orElse(List.of())
                        .forEach(expired -> inRealm(
                                realmId, (session, realm, policy) -> recorded(session, realm, policy, expired)));
            } catch (RuntimeException trouble) {
                LOG.error("realm {}: the end of an exemption was not recorded", realmId, trouble);
            }
        }
        follow(realms);
    }

    private void follow(List<String> realms) {
        long nanos = System.nanoTime();
        if (nanos - countedAt >= COUNT_USERS_EVERY.toNanos()) {
            active.clear();
            countedAt = nanos;
        }
        Map<String, ExemptionRate> rates = new HashMap<>();
        for (String realmId : realms) {
            inRealm(realmId, (session, realm, policy) -> {
                long users = active.computeIfAbsent(realmId, counted -> ExemptionRate.active(session, realm));
                return rates.put(realm.getName(), ExemptionRate.of(em(session), realmId, users));
            });
        }
        metrics.set(rates);
    }

    private List<String> realms() {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> session.realms()
                        .getRealmsWithProviderTypeStream(PolicyProvider.class)
                        .map(RealmModel::getId)
                        .toList());
    }

    private static List<Expired> expired(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        EntityManager em = em(session);
        return new Exemptions(em).expired(realm.getId(), DatabaseClock.now(em));
    }

    private static boolean recorded(KeycloakSession session, RealmModel realm, RealmPolicy policy, Expired expired) {
        EntityManager em = em(session);
        Instant now = DatabaseClock.now(em);
        boolean first = new Exemptions(em).expire(expired, now);
        if (first) {
            new EvidenceLog(em).append(new InterimRecords(realm.getId(), policy.version(), now).expired(expired));
            Optional.ofNullable(session.users().getUserById(realm, expired.userId()))
                    .ifPresent(user -> Notices.of(session, realm, policy)
                            .tell(
                                    user,
                                    Notice.EXEMPTION_ENDED,
                                    NoticeValues.at(expired.at()).about(expired.id())));
        }
        return first;
    }

    @FunctionalInterface
    private interface Work<T> {

        T in(KeycloakSession session, RealmModel realm, RealmPolicy policy);
    }

    /** Empty where the realm, or its policy, was removed meanwhile. */
    private <T> Optional<T> inRealm(String realmId, Work<T> work) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            Optional<RealmModel> realm = Optional.ofNullable(session.realms().getRealm(realmId));
            realm.ifPresent(session.getContext()::setRealm);
            return realm.flatMap(present -> RealmPolicies.of(session, present)
                    .flatMap(policy -> Optional.ofNullable(work.in(session, present, policy))));
        });
    }

    private static EntityManager em(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
