package jp.sekisho.checkpoint.access;

import jakarta.persistence.EntityManager;
import java.util.Set;
import jp.sekisho.policies.access.AccessRules;
import jp.sekisho.policies.access.Compiling;
import jp.sekisho.policies.access.Key;
import jp.sekisho.storage.access.RuleChanges;
import jp.sekisho.storage.access.StoredKey;
import jp.sekisho.storage.access.StoredRule;
import jp.sekisho.storage.access.StoredRules;
import jp.sekisho.storage.schema.DatabaseClock;

/**
 * A realm's access rules as they were read.
 *
 * @param version what was committed up to it is in them; a later change may be, and is then read again
 */
record Snapshot(long version, AccessRules rules) {

    /** All rules: the version first, for what is changed in between is only read once more. */
    static Snapshot whole(EntityManager em, String realmId) {
        StoredRules stored = new StoredRules(em);
        long version = stored.versions().getOrDefault(realmId, 0L);
        Compiling compiling = new Compiling();
        stored.each(realmId, DatabaseClock.now(em), terms -> compiling.add(Matches.rule(terms)));
        return new Snapshot(version, compiling.rules());
    }

    /**
     * With what changed, which alone is read. Of what is not remembered nothing is known: the version then stays, and all
     * rules are to be read.
     *
     * @param last a version that was committed
     */
    // FFAJ-2.1-S1a
    Snapshot with(RuleChanges changes, long last, EntityManager em, String realmId) {
        Set<StoredKey> keys = changes.keys();
        var now = new StoredRules(em)
                .of(realmId, keys, DatabaseClock.now(em)).stream()
                        .map(StoredRule::terms)
                        .map(Matches::rule)
                        .toList();
        return new Snapshot(
                changes.complete() ? last : version,
                rules.with(keys.stream().map(Snapshot::key).toList(), now));
    }

    private static Key key(StoredKey stored) {
        return new Key(stored.scope(), Matches.of(stored.kind(), stored.matched()));
    }
}
