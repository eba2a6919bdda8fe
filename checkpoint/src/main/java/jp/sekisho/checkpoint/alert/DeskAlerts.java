package jp.sekisho.checkpoint.alert;

import io.micrometer.core.instrument.Metrics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.notice.Links;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * For the desk, about no customer: a record, a metric that an operator watches, and a notice on the channels that reach it;
 * all of them with one transaction, or none.
 */
// JP25-12
public final class DeskAlerts {

    private static final int MOST = 20;
    private static final String LEFT_OUT = "…";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;

    private DeskAlerts(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
    }

    public static DeskAlerts of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        return new DeskAlerts(session, realm, policy);
    }

    /**
     * With the session's transaction.
     *
     * @param subject what sets it apart from another one of its kind, which within the time of de-duplication is not told
     * @param details texts, numbers and lists of texts, as they stand in the record; what is told of them has no link
     */
    public void raise(Notice notice, Instant at, String subject, Map<String, ?> details) {
        Map<String, Object> content = new TreeMap<>(details);
        content.put("what", notice.code());
        new EvidenceLog(session.getProvider(JpaConnectionProvider.class).getEntityManager())
                .append(Facts.row(
                        realm.getId(),
                        Kind.ALERT,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(policy.version()),
                        at,
                        content));
        Notices.of(session, realm, policy).tellDesk(notice, told(at, subject, details));
        Metrics.globalRegistry.counter("sekisho.alerts", "alert", notice.code()).increment();
    }

    /** The same, committed on return: for what happened although the request is rolled back. */
    public static void raiseNow(
            KeycloakSession session,
            RealmModel realm,
            RealmPolicy policy,
            Notice notice,
            String subject,
            Map<String, ?> details) {
        KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), inner -> {
            Instant now = DatabaseClock.now(
                    inner.getProvider(JpaConnectionProvider.class).getEntityManager());
            of(inner, realm, policy).raise(notice, now, subject, details);
        });
    }

    static NoticeValues told(Instant at, String subject, Map<String, ?> details) {
        NoticeValues told = NoticeValues.at(at).about(subject);
        for (Map.Entry<String, ?> detail : details.entrySet()) {
            told = told.and(detail.getKey(), words(detail.getValue()));
        }
        return told;
    }

    /** What reads like a link, and what is beyond a message's length, is left out, but not hidden. */
    private static String words(Object value) {
        List<?> all = value instanceof List<?> list ? list : List.of(value);
        Stream<String> words = all.stream()
                .limit(MOST)
                .map(Object::toString)
                .map(word -> Links.without(word).isEmpty() ? LEFT_OUT : word);
        return Stream.concat(words, Stream.of(LEFT_OUT).filter(more -> all.size() > MOST))
                .collect(Collectors.joining(", "));
    }
}
