package jp.sekisho.storage.access;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.schema.DatabaseClock;
import jp.sekisho.storage.schema.Row;
import jp.sekisho.storage.schema.Statements;
import org.hibernate.jpa.AvailableHints;

/** A realm's access rules and the versions that its changes raise, each with what it was a change of. */
public final class StoredRules {

    /** A million rules are read in pieces. */
    private static final int FETCH = 5_000;

    private static final int PIECE = 1_000;

    private static final String ALL = """
            select SCOPE_KIND, SCOPE_OF, EFFECT, MATCH_KIND, MATCHED, STRICT, FROM_TIME, UNTIL_TIME
            from {h-schema}SEKISHO_ACCESS_RULE where REALM_ID = ? and (UNTIL_TIME is null or UNTIL_TIME > ?)""";

    /** A node that heard nothing for longer reads all rules. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final EntityManager em;

    public StoredRules(EntityManager em) {
        this.em = em;
    }

    /** The versions of all realms that ever had a rule. One statement. */
    public Map<String, Long> versions() {
        return em.createQuery("select realmId, version from AccessVersionEntity", Object[].class)
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (Long) row[1]));
    }

    /**
     * Before anything is changed: who changes the same realm's rules at the same time waits until this one is committed. So
     * versions are committed in their order.
     */
    public void lock(String realmId, Instant now) {
        if (!held(realmId)) {
            // A realm that comes back under its id goes on with greater numbers: a node may remember the old ones.
            em.createQuery("""
                            insert into AccessVersionEntity (realmId, version) values (:realm, :first)
                            on conflict do nothing""")
                    .setParameter("realm", realmId)
                    .setParameter("first", now.toEpochMilli())
                    .executeUpdate();
            held(realmId);
        }
        em.createQuery("delete from AccessChangeEntity where realmId = :realm and changedAt < :before")
                .setParameter("realm", realmId)
                .setParameter("before", now.minus(REMEMBERED))
                .executeUpdate();
    }

    private boolean held(String realmId) {
        return em.createQuery("update AccessVersionEntity set version = version where realmId = :realm")
                        .setParameter("realm", realmId)
                        .executeUpdate()
                == 1;
    }

    /** The oldest of those that have ended; the caller leaves the deletion record. */
    // FFAJ-2.2-S3
    public Optional<Deleted> deleteEnded(String realmId, Instant now, int limit) {
        if (ended(realmId, now, 1).isEmpty()) {
            return Optional.empty();
        }
        lock(realmId, now);
        List<Object[]> ended = ended(realmId, now, limit);
        int rows = em.createQuery("delete from AccessRuleEntity where id in :ids")
                .setParameter("ids", ended.stream().map(row -> row[0]).toList())
                .executeUpdate();
        note(realmId, ended.stream().map(row -> key(row, 2)), now);
        return Deleted.of(rows, ended);
    }

    private List<Object[]> ended(String realmId, Instant now, int limit) {
        return em.createQuery("""
                        select id, until, scopeKind, scopeOf, matchKind, matched from AccessRuleEntity
                        where realmId = :realm and until < :now order by until, id""", Object[].class)
                .setParameter("realm", realmId)
                .setParameter("now", now)
                .setMaxResults(limit)
                .getResultList();
    }

    /** One version for each key: who misses one sees that he does. */
    private void note(String realmId, Stream<StoredKey> changed, Instant now) {
        List<StoredKey> keys = changed.distinct().toList();
        if (keys.isEmpty()) {
            return;
        }
        em.createQuery("update AccessVersionEntity set version = version + :keys where realmId = :realm")
                .setParameter("keys", (long) keys.size())
                .setParameter("realm", realmId)
                .executeUpdate();
        long version = em.createQuery("select version from AccessVersionEntity where realmId = :realm", Long.class)
                        .setParameter("realm", realmId)
                        .getSingleResult()
                - keys.size();
        for (StoredKey key : keys) {
            em.persist(new AccessChangeEntity(realmId, ++version, key, now));
        }
    }

    /**
     * @param after the version that is known
     * @param last a version that was committed
     */
    public RuleChanges changes(String realmId, long after, long last) {
        List<Object[]> changes = em.createQuery("""
                        select scopeKind, scopeOf, matchKind, matched, changedAt from AccessChangeEntity
                        where realmId = :realm and version > :after and version <= :last""", Object[].class)
                .setParameter("realm", realmId)
                .setParameter("after", after)
                .setParameter("last", last)
                .getResultList();
        return new RuleChanges(
                changes.stream().map(row -> key(row, 0)).collect(Collectors.toSet()),
                changes.size() == last - after,
                changes.stream().map(row -> (Instant) row[4]).min(Comparator.naturalOrder()));
    }

    private static StoredKey key(Object[] row, int first) {
        return new StoredKey(
                new Scope((Scope.Kind) row[first], (String) row[first + 1]), (Match.Kind) row[first + 2], (String)
                        row[first + 3]);
    }

    /** The rules for these that have not ended. */
    public List<StoredRule> of(String realmId, Set<StoredKey> keys, Instant now) {
        List<StoredRule> rules = new ArrayList<>();
        keys.stream().collect(Collectors.groupingBy(StoredKey::scope)).forEach((scope, ofScope) -> {
            List<String> matched =
                    ofScope.stream().map(StoredKey::matched).distinct().toList();
            for (int first = 0; first < matched.size(); first += PIECE) {
                List<String> piece = matched.subList(first, Math.min(first + PIECE, matched.size()));
                rules.addAll(of(realmId, scope, piece, now));
            }
        });
        return rules.stream().filter(rule -> keys.contains(rule.key())).toList();
    }

    private List<StoredRule> of(String realmId, Scope scope, List<String> matched, Instant now) {
        return em.createQuery("""
                        from AccessRuleEntity where realmId = :realm and scopeKind = :kind and scopeOf = :of
                        and effect in :effects and matched in :matched and (until is null or until > :now)""", AccessRuleEntity.class)
                .setParameter("realm", realmId)
                .setParameter("kind", scope.kind())
                .setParameter("of", scope.of())
                // All there are: so the index serves.
                .setParameter("effects", List.of(Effect.values()))
                .setParameter("matched", matched)
                .setParameter("now", now)
                .setHint(AvailableHints.HINT_READ_ONLY, true)
                .getResultStream()
                .map(StoredRules::toRule)
                .toList();
    }

    /** All rules of the realm that have not ended, one after the other: columns in pieces, for there may be a million. */
    public void each(String realmId, Instant now, Consumer<RuleTerms> each) {
        Statements.of(em)
                .each(
                        new Statements.Question<>(
                                ALL, values -> values.text(realmId).instant(now), StoredRules::terms),
                        FETCH,
                        each);
    }

    private static RuleTerms terms(Row row) throws SQLException {
        Scope scope = new Scope(Scope.Kind.valueOf(row.text()), row.text());
        Effect effect = Effect.valueOf(row.text());
        StoredKey key = new StoredKey(scope, Match.Kind.valueOf(row.text()), row.text());
        return new RuleTerms(key, effect, row.flag().orElseThrow(), row.instant(), Optional.ofNullable(row.instant()));
    }

    /** Those of one scope that have not ended, oldest first. */
    public List<StoredRule> ofScope(String realmId, Scope scope, Instant now, int first, int most) {
        return em.createQuery("""
                        from AccessRuleEntity where realmId = :realm and scopeKind = :kind and scopeOf = :of
                        and (until is null or until > :now) order by createdAt, id""", AccessRuleEntity.class)
                .setParameter("realm", realmId)
                .setParameter("kind", scope.kind())
                .setParameter("of", scope.of())
                .setParameter("now", now)
                .setFirstResult(first)
                .setMaxResults(most)
                .getResultStream()
                .map(StoredRules::toRule)
                .toList();
    }

    /** Those of one scope that allow and have not ended: few, where many deny. */
    public List<StoredRule> allowing(String realmId, Scope scope, Instant now) {
        return em.createQuery("""
                        from AccessRuleEntity where realmId = :realm and scopeKind = :kind and scopeOf = :of
                        and effect = :allow and (until is null or until > :now)""", AccessRuleEntity.class)
                .setParameter("realm", realmId)
                .setParameter("kind", scope.kind())
                .setParameter("of", scope.of())
                .setParameter("allow", Effect.ALLOW)
                .setParameter("now", now)
                .getResultStream()
                .map(StoredRules::toRule)
                .toList();
    }

    public Optional<StoredRule> find(String realmId, String id) {
        return Optional.ofNullable(em.find(AccessRuleEntity.class, id))
                .filter(entity -> entity.realmId.equals(realmId))
                .map(StoredRules::toRule);
    }

    /** The realm's rules are locked. */
    public void add(String realmId, List<StoredRule> rules, Instant now) {
        rules.stream().map(StoredRules::entity).forEach(em::persist);
        note(realmId, rules.stream().map(StoredRule::key), now);
    }

    /** The realm's rules are locked. */
    public void remove(StoredRule rule, Instant now) {
        Optional.ofNullable(em.find(AccessRuleEntity.class, rule.id())).ifPresent(em::remove);
        note(rule.realmId(), Stream.of(rule.key()), now);
    }

    /** The realm's rules are locked. */
    public void endAt(StoredRule rule, Instant end, Instant now) {
        em.find(AccessRuleEntity.class, rule.id()).until = end;
        note(rule.realmId(), Stream.of(rule.key()), now);
    }

    /** @param customer pseudonym */
    public void deleteCustomer(String realmId, String customer) {
        if (keys(realmId, customer).isEmpty()) {
            return;
        }
        Instant now = DatabaseClock.now(em);
        lock(realmId, now);
        List<StoredKey> keys = keys(realmId, customer);
        em.createQuery("""
                        delete from AccessRuleEntity
                        where realmId = :realm and scopeKind = :kind and scopeOf = :customer""")
                .setParameter("realm", realmId)
                .setParameter("kind", Scope.Kind.CUSTOMER)
                .setParameter("customer", customer)
                .executeUpdate();
        note(realmId, keys.stream(), now);
    }

    private List<StoredKey> keys(String realmId, String customer) {
        return em.createQuery("""
                        select scopeKind, scopeOf, matchKind, matched from AccessRuleEntity
                        where realmId = :realm and scopeKind = :kind and scopeOf = :customer""", Object[].class)
                .setParameter("realm", realmId)
                .setParameter("kind", Scope.Kind.CUSTOMER)
                .setParameter("customer", customer)
                .getResultStream()
                .map(row -> key(row, 0))
                .toList();
    }

    public void deleteRealm(String realmId) {
        for (String table : List.of("AccessRuleEntity", "AccessChangeEntity", "AccessVersionEntity")) {
            em.createQuery("delete from " + table + " where realmId = :realm")
                    .setParameter("realm", realmId)
                    .executeUpdate();
        }
    }

    private static AccessRuleEntity entity(StoredRule rule) {
        AccessRuleEntity entity = new AccessRuleEntity();
        entity.id = rule.id();
        entity.realmId = rule.realmId();
        entity.scopeKind = rule.scope().kind();
        entity.scopeOf = rule.scope().of();
        entity.userId = rule.userId().orElse(null);
        entity.effect = rule.effect();
        entity.matchKind = rule.kind();
        entity.matched = rule.matched();
        entity.strict = rule.strict();
        entity.from = rule.from();
        entity.until = rule.until().orElse(null);
        entity.createdAt = rule.createdAt();
        entity.createdBy = rule.createdBy();
        entity.reason = rule.reason();
        return entity;
    }

    private static StoredRule toRule(AccessRuleEntity entity) {
        return new StoredRule(
                entity.id,
                entity.realmId,
                new Scope(entity.scopeKind, entity.scopeOf),
                Optional.ofNullable(entity.userId),
                entity.effect,
                entity.matchKind,
                entity.matched,
                entity.strict,
                entity.from,
                Optional.ofNullable(entity.until),
                entity.createdAt,
                entity.createdBy,
                entity.reason);
    }
}
