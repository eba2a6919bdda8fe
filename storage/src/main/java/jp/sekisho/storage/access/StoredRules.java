package jp.sekisho.storage.access;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Scope;
import org.hibernate.jpa.AvailableHints;

/** A realm's access rules and the version that each change raises. */
public final class StoredRules {

    /** A million rules are read in pieces. */
    private static final int FETCH = 5_000;

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

    /** Before anything is changed: who changes the same realm's rules at the same time waits until this one is committed. */
    public void change(String realmId, Instant now) {
        if (!raise(realmId)) {
            em.createQuery("""
                            insert into AccessVersionEntity (realmId, version) values (:realm, 0L)
                            on conflict do nothing""").setParameter("realm", realmId).executeUpdate();
            raise(realmId);
        }
        em.createQuery("delete from AccessRuleEntity where realmId = :realm and until <= :now")
                .setParameter("realm", realmId)
                .setParameter("now", now)
                .executeUpdate();
    }

    private boolean raise(String realmId) {
        return em.createQuery("update AccessVersionEntity set version = version + 1 where realmId = :realm")
                        .setParameter("realm", realmId)
                        .executeUpdate()
                == 1;
    }

    /** All rules of the realm that have not ended; to be closed. */
    public Stream<StoredRule> ofRealm(String realmId, Instant now) {
        return em.createQuery(
                        "from AccessRuleEntity where realmId = :realm and (until is null or until > :now)",
                        AccessRuleEntity.class)
                .setParameter("realm", realmId)
                .setParameter("now", now)
                .setHint(AvailableHints.HINT_FETCH_SIZE, FETCH)
                .setHint(AvailableHints.HINT_READ_ONLY, true)
                .getResultStream()
                .map(entity -> {
                    StoredRule rule = toRule(entity);
                    em.detach(entity);
                    return rule;
                });
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

    public void add(StoredRule rule) {
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
        em.persist(entity);
    }

    public void remove(String id) {
        Optional.ofNullable(em.find(AccessRuleEntity.class, id)).ifPresent(em::remove);
    }

    public void endAt(String id, Instant end) {
        em.find(AccessRuleEntity.class, id).until = end;
    }

    /** @param customer pseudonym */
    public void deleteCustomer(String customer) {
        em.createQuery("delete from AccessRuleEntity where scopeKind = :kind and scopeOf = :customer")
                .setParameter("kind", Scope.Kind.CUSTOMER)
                .setParameter("customer", customer)
                .executeUpdate();
    }

    public void deleteRealm(String realmId) {
        em.createQuery("delete from AccessRuleEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
        em.createQuery("delete from AccessVersionEntity where realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
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
