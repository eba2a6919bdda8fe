package jp.sekisho.checkpoint.limit;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import jp.sekisho.checkpoint.customer.Customers;
import jp.sekisho.checkpoint.decision.Checkpoint;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.checkpoint.notice.NoticeValues;
import jp.sekisho.checkpoint.notice.Notices;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.limit.Limits;
import jp.sekisho.policies.limit.Standing;
import jp.sekisho.policies.limit.Standing.Pending;
import jp.sekisho.policies.notice.Notice;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.limit.StoredLimits;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A customer's own limits as they are changed: with their record and their notice, in the request's transaction. */
// FFAJ-1.4-S2, JP25-9
public final class OwnLimits {

    /** By the words {@code sekisho-notice-attribute-…}. */
    private static final Map<String, Function<Limits, Object>> PARTS = Map.of(
            "limit-withdrawals", Limits::withdrawalsOff,
            "limit-accounts", Limits::accountsOff,
            "limit-amount", Limits::yenADay,
            "limit-each-order", Limits::eachOrder);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RealmPolicy policy;
    private final UserModel user;
    private final String customer;
    private final StoredLimits stored;

    private OwnLimits(KeycloakSession session, RealmModel realm, RealmPolicy policy, UserModel user) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.user = user;
        this.customer = Customers.pseudonym(session, realm, user);
        this.stored = new StoredLimits(em());
    }

    public static OwnLimits of(KeycloakSession session, RealmModel realm, RealmPolicy policy, UserModel user) {
        return new OwnLimits(session, realm, policy, user);
    }

    public Standing standing() {
        return stored.of(customer);
    }

    /** The same, to be changed: others who would change them wait. */
    public Standing open() {
        return stored.begun(realm.getId(), customer);
    }

    /** @param before as {@link #open} gave it */
    public Standing change(Standing before, Limits wanted, Instant now) {
        Standing after = before.after(wanted, now, policy.profile().access().looseningDelay());
        if (target(before).equals(wanted) && before.at(now).equals(after.at(now))) {
            return before;
        }
        stored.set(customer, after);
        Set<String> loosened = before.loosens(wanted, now) ? differing(after.at(now), wanted) : Set.of();
        Set<String> tightened = differing(before.at(now), after.at(now));
        // Taken back.
        tightened.addAll(differing(target(before), wanted));
        tightened.removeAll(loosened);
        record(before, after, loosened.isEmpty() ? "TIGHTENED" : "LOOSENED", now);
        if (!tightened.isEmpty()) {
            // Anybody in his session may tighten again and again: the same is told once for a while.
            tell(Notice.LIMITS_TIGHTENED, tightened, values -> values.about(String.join(",", tightened)));
        }
        if (!loosened.isEmpty()) {
            Instant from = after.pending().orElseThrow().from();
            tell(
                    Notice.LIMITS_LOOSENED,
                    loosened,
                    values -> values.and(NoticeValues.IN_FORCE_FROM, from.toString())
                            .apart());
        }
        return after;
    }

    private static Limits target(Standing standing) {
        return standing.pending().map(Pending::limits).orElse(standing.set());
    }

    private static Set<String> differing(Limits one, Limits other) {
        return PARTS.entrySet().stream()
                .filter(part ->
                        !part.getValue().apply(one).equals(part.getValue().apply(other)))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void tell(Notice notice, Set<String> parts, Function<NoticeValues, NoticeValues> more) {
        NoticeValues values = session.getProvider(Checkpoint.class)
                .noticeValues(user)
                .and(NoticeValues.CHANGED, String.join(",", parts));
        Notices.of(session, realm, policy).tell(user, notice, more.apply(values));
    }

    private void record(Standing before, Standing after, String result, Instant now) {
        Map<String, Object> details =
                new TreeMap<>(Map.of("result", result, "before", said(before), "after", said(after)));
        new EvidenceLog(em())
                .append(Facts.row(
                        realm.getId(),
                        Kind.LIMITS_CHANGED,
                        Optional.empty(),
                        Optional.of(customer),
                        Optional.of(policy.version()),
                        now,
                        details));
    }

    private static Map<String, Object> said(Standing standing) {
        Map<String, Object> said = said(standing.set());
        standing.pending().ifPresent(pending -> {
            said.put("pending", said(pending.limits()));
            said.put("pendingFrom", pending.from().toString());
        });
        return said;
    }

    private static Map<String, Object> said(Limits limits) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("withdrawalsOff", limits.withdrawalsOff());
        said.put("accountsOff", limits.accountsOff());
        limits.yenADay().ifPresent(yen -> said.put("yenADay", yen.toString()));
        said.put("eachOrder", limits.eachOrder());
        return said;
    }

    private EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
