package jp.sekisho.eventlisteners.learn;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import jp.sekisho.checkpoint.decision.Logins;
import jp.sekisho.checkpoint.decision.Logins.Admitted;
import jp.sekisho.checkpoint.fact.Facts;
import jp.sekisho.policies.evidence.Evidence;
import jp.sekisho.policies.risk.Learning;
import jp.sekisho.policies.risk.RiskPolicy;
import jp.sekisho.policies.risk.Statistic;
import jp.sekisho.storage.baseline.Baselines;
import jp.sekisho.storage.cursor.Cursors;
import jp.sekisho.storage.cursor.Cursors.Held;
import jp.sekisho.storage.cursor.Position;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;

/**
 * A bounded piece of learning in one realm, in one transaction with the cursors: what is learned is learned once,
 * whichever node is killed (decision 6).
 */
final class Lesson {

    static final String LEARNED = "learned";
    private static final String LAST_LOGIN = "last-login";
    private static final String DISOWNED = "disowned";

    /**
     * Rows are ordered by the time of the decision and seen from the commit on: so long a login may take in between.
     * Whoever took longer is not learned from.
     */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    /** The same for facts, where looking twice does no harm. */
    private static final Duration LOOK_BACK = Duration.ofSeconds(30);

    private static final int BATCH = 200;

    private final RiskPolicy policy;
    private final boolean monitor;
    private final String realmId;
    private final Instant now;
    private final Cursors cursors;
    private final EvidenceLog log;
    private final Logins logins;
    private final Baselines baselines;

    /** What is known of the customers of a batch, read together; of whom something changed, read again. */
    private final Map<String, List<Statistic>> rows = new HashMap<>();

    /** @param monitor whether the realm enforces nothing now: which wait is usual there */
    Lesson(EntityManager em, String realmId, RiskPolicy policy, boolean monitor, Instant now) {
        this.policy = policy;
        this.monitor = monitor;
        this.realmId = realmId;
        this.now = now;
        this.cursors = new Cursors(em);
        this.log = new EvidenceLog(em);
        this.logins = new Logins(em);
        this.baselines = new Baselines(em);
    }

    /**
     * @param more whether there is more to learn at once
     * @param learned logins that were learned from
     */
    record Given(boolean more, int learned) {

        static final Given NOTHING = new Given(false, 0);
    }

    Given give() {
        Optional<Held> learned = cursors.hold(realmId, LEARNED);
        if (learned.isEmpty()) {
            return Given.NOTHING;
        }
        unlearn(cursors.beside(learned.get(), DISOWNED), learned.get().position());
        boolean moreSeen = rememberLast(cursors.beside(learned.get(), LAST_LOGIN));
        Given given = learn(learned.get());
        return new Given(given.more() || moreSeen, given.learned());
    }

    /** How long the first login that was not looked at yet has been due; zero where nobody began. */
    Duration lag() {
        return cursors.position(realmId, LEARNED)
                .map(position -> Duration.between(position.at(), until()))
                .filter(lag -> !lag.isNegative())
                .orElse(Duration.ZERO);
    }

    /** Logins of before this are to be learned. */
    private Instant until() {
        return earlier(now.minus(SETTLED), now.minus(Learning.wait(monitor, policy)));
    }

    /** Travel is to be seen from the next login on, so this does not wait for anything. */
    private boolean rememberLast(Held last) {
        Instant until = now.minus(SETTLED);
        List<Admitted> batch = logins.admittedAfter(realmId, last.position(), until, BATCH);
        if (!batch.isEmpty()) {
            baselines.rememberLast(realmId, lasts(batch));
        }
        return moveOn(last, batch, until);
    }

    /** Of each customer the newest of the batch, which is all that would be left of them. */
    private Map<String, Statistic> lasts(List<Admitted> batch) {
        Map<String, Instant> gone = gone(batch);
        Map<String, Statistic> lasts = new HashMap<>();
        for (Admitted admitted : batch) {
            admitted.login()
                    .filter(login -> !login.disowned() && !Learning.sessionOnly(login))
                    .filter(login -> exists(gone, admitted, login))
                    .ifPresent(login ->
                            lasts.merge(admitted.customer(), Learning.lastLogin(login.evidence()), Lesson::newer));
        }
        return lasts;
    }

    private static Statistic newer(Statistic one, Statistic other) {
        return one.updatedAt().isAfter(other.updatedAt()) ? one : other;
    }

    private Given learn(Held learned) {
        Instant until = until();
        int taught = 0;
        List<Admitted> found = logins.admittedAfter(realmId, learned.position(), until, BATCH);
        List<Admitted> batch = due(found);
        Map<String, Instant> gone = gone(batch);
        Set<String> settled = log.decisionsWith(
                Kind.UNLEARNED, batch.stream().map(Admitted::decisionId).toList());
        read(batch);
        for (Admitted admitted : batch) {
            Optional<Learning.Login> login = admitted.login();
            if (login.filter(Learning.Login::disowned).isPresent()) {
                if (!settled.contains(admitted.decisionId())) {
                    settle(admitted.decisionId(), admitted.customer());
                }
            } else if (login.filter(own -> exists(gone, admitted, own)).isPresent()) {
                apply(admitted.customer(), Learning.learn(rows(admitted.customer()), login.get(), policy));
                taught++;
            }
            learned.move(admitted.position());
        }
        return new Given(batch.size() == found.size() && moveOn(learned, found, until), taught);
    }

    /**
     * Up to the first that is not due: customers' logins are learned in time order. After a change from monitor mode those
     * of before keep later ones waiting.
     */
    private List<Admitted> due(List<Admitted> batch) {
        int end = 0;
        while (end < batch.size()
                && batch.get(end)
                        .login()
                        .map(login -> !Learning.due(login, policy).isAfter(now))
                        .orElse(true)) {
            end++;
        }
        return batch.subList(0, end);
    }

    /** Takes back what a login taught before it was disowned; one that was not learned yet is left to {@link #learn}. */
    private void unlearn(Held seen, Position learned) {
        Position from = Position.before(seen.position().at().minus(LOOK_BACK));
        List<EvidenceRow> facts = log.after(realmId, Kind.DISOWNED, from, now, Integer.MAX_VALUE);
        Set<String> decisions =
                facts.stream().flatMap(fact -> fact.decisionId().stream()).collect(Collectors.toSet());
        Set<String> settled = log.decisionsWith(Kind.UNLEARNED, decisions);
        for (String decisionId : decisions) {
            if (!settled.contains(decisionId)) {
                logins.admittedBy(decisionId).ifPresent(admitted -> unlearn(admitted, learned));
            }
        }
        seen.move(Position.before(now));
    }

    private void unlearn(Admitted admitted, Position learned) {
        String customer = admitted.customer();
        boolean wasLearned = admitted.position().compareTo(learned) <= 0;
        admitted.login().ifPresent(login -> {
            apply(customer, Learning.forgetLast(rows(customer), login.evidence()));
            if (wasLearned) {
                apply(customer, Learning.unlearn(rows(customer), login, policy));
            }
        });
        if (wasLearned) {
            settle(admitted.decisionId(), customer);
        }
    }

    private void settle(String decisionId, String customer) {
        log.append(Facts.unlearned(realmId, decisionId, customer, now));
    }

    private void read(Collection<Admitted> batch) {
        Set<String> customers = batch.stream().map(Admitted::customer).collect(Collectors.toSet());
        customers.forEach(customer -> rows.put(customer, List.of()));
        rows.putAll(baselines.ofLearner(customers));
    }

    private List<Statistic> rows(String customer) {
        return rows.computeIfAbsent(
                customer, one -> baselines.ofLearner(Set.of(one)).getOrDefault(one, List.of()));
    }

    private void apply(String customer, Learning.Changes changes) {
        baselines.apply(realmId, customer, changes);
        rows.remove(customer);
    }

    /** State that went with its user must not come back. */
    private Map<String, Instant> gone(Collection<Admitted> batch) {
        return batch.stream()
                .flatMap(admitted -> admitted.login().stream())
                .map(Learning.Login::evidence)
                .map(Evidence::at)
                .min(Instant::compareTo)
                .map(oldest -> log.stateDeleted(
                        realmId, batch.stream().map(Admitted::customer).collect(Collectors.toSet()), oldest))
                .orElse(Map.of());
    }

    private static boolean exists(Map<String, Instant> gone, Admitted admitted, Learning.Login login) {
        Instant deleted = gone.get(admitted.customer());
        return deleted == null || deleted.isBefore(login.evidence().at());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static boolean moveOn(Held cursor, List<Admitted> batch, Instant until) {
        boolean more = batch.size() == BATCH;
        cursor.move(more ? batch.get(BATCH - 1).position() : Position.before(until));
        return more;
    }
}
