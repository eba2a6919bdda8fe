package jp.sekisho.checkpoint.access;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import jp.sekisho.checkpoint.policy.RealmPolicy;
import jp.sekisho.policies.access.AccessRules;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.storage.access.StoredRule;
import jp.sekisho.storage.access.StoredRules;
import jp.sekisho.storage.schema.DatabaseClock;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A realm's access rules as they are changed: with their record, in the request's transaction. */
public final class AccessBook {

    private final EntityManager em;
    private final String realmId;
    private final StoredRules stored;
    private final AccessRecords records;
    private final Instant now;

    private AccessBook(EntityManager em, String realmId, String policyVersion) {
        this.em = em;
        this.realmId = realmId;
        this.stored = new StoredRules(em);
        this.records = new AccessRecords(em, policyVersion);
        this.now = DatabaseClock.now(em);
    }

    public static AccessBook of(KeycloakSession session, RealmModel realm, RealmPolicy policy) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return new AccessBook(em, realm.getId(), policy.version());
    }

    /** The database's clock. */
    public Instant now() {
        return now;
    }

    /** To be called before anything is read that a change depends on: others who change the realm's rules wait. */
    public void open() {
        stored.lock(realmId, now);
    }

    /** A scope's rules that have not ended, oldest first. */
    public List<StoredRule> of(Scope scope, int first, int most) {
        return stored.ofScope(realmId, scope, now, first, most);
    }

    /** Those that allow. */
    public List<StoredRule> allowing(Scope scope) {
        return stored.allowing(realmId, scope, now);
    }

    /** One that has not ended. */
    public Optional<StoredRule> find(String id) {
        return stored.find(realmId, id)
                .filter(rule -> rule.until().filter(end -> !end.isAfter(now)).isEmpty());
    }

    public void make(List<StoredRule> rules) {
        stored.add(realmId, rules, now);
        rules.forEach(rule -> records.made(rule, rule.createdBy(), now));
        em.flush();
    }

    /**
     * @param rule with the time at which it ends
     * @param by an officer's user id or the customer's pseudonym
     */
    public void end(StoredRule rule, String by, String reason) {
        Instant end = rule.until().orElseThrow();
        if (end.isAfter(now)) {
            stored.endAt(rule, end, now);
        } else {
            stored.remove(rule, now);
        }
        records.ended(rule, by, reason, now);
    }

    /** These rules alone, compiled. */
    public static AccessRules compiled(List<StoredRule> rules) {
        return AccessRules.of(
                rules.stream().map(StoredRule::terms).map(Matches::rule).toList());
    }
}
