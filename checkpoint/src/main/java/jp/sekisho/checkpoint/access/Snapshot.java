package jp.sekisho.checkpoint.access;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import jp.sekisho.policies.access.AccessRules;
import jp.sekisho.policies.access.Key;
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
        try (Stream<StoredRule> rules = stored.ofRealm(realmId, DatabaseClock.now(em))) {
            return new Snapshot(version, AccessRules.of(rules.map(Matches::rule).toList()));
        }
    }

    /**
     * As the rules are now: what changed is read, however many there are, and all where that is not known.
     *
     * @param last a version that was committed
     */
    // FFAJ-2.1-S1a
    Snapshot upTo(long last, EntityManager em, String realmId) {
        Optional<Set<StoredKey>> changes = new StoredRules(em).changes(realmId, version, last);
        return changes.map(keys -> changed(keys, last, em, realmId)).orElseGet(() -> whole(em, realmId));
    }

    private Snapshot changed(Set<StoredKey> keys, long last, EntityManager em, String realmId) {
        var now = new StoredRules(em)
                .of(realmId, keys, DatabaseClock.now(em)).stream()
                        .map(Matches::rule)
                        .toList();
        return new Snapshot(last, rules.with(keys.stream().map(Snapshot::key).toList(), now));
    }

    private static Key key(StoredKey stored) {
        return new Key(stored.scope(), Matches.of(stored.kind(), stored.matched()));
    }
}
