package jp.sekisho.storage.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StoredRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    private static Database database;

    private final String realm = UUID.randomUUID().toString();

    @BeforeAll
    static void open() {
        database = new Database();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void whatIsKeptComesBack() {
        StoredRule rule = rule(Scope.client("desk"), Optional.of(NOW.plusSeconds(60)));
        add(rule);

        assertThat(of(Scope.client("desk"))).containsExactly(rule);
        assertThat(each(NOW)).containsExactly(rule.terms());
        assertThat(database.<Optional<StoredRule>>call(em -> new StoredRules(em).find("another", rule.id())))
                .isEmpty();
        assertThat(each(NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void eachChangeRaisesTheVersionAndSaysWhatItIsOf() {
        add(rule(Scope.OFFICERS, Optional.empty()));
        long before = version();
        StoredRule rule = rule(Scope.REALM, Optional.of(NOW.plusSeconds(60)));
        add(rule);
        assertThat(version()).isEqualTo(before + 1);
        assertThat(changes(before, version())).contains(Set.of(rule.key()));

        database.run(em -> {
            new StoredRules(em).lock(realm, NOW);
            new StoredRules(em).endAt(rule, NOW.plusSeconds(10), NOW);
        });
        assertThat(changes(before + 1, version())).contains(Set.of(rule.key()));
        assertThat(of(Set.of(rule.key()), NOW)).containsExactly(rule.endingAt(NOW.plusSeconds(10)));
        assertThat(of(Set.of(rule.key()), NOW.plusSeconds(10))).isEmpty();

        database.run(em -> {
            new StoredRules(em).lock(realm, NOW);
            new StoredRules(em).remove(rule, NOW);
        });
        assertThat(version()).isEqualTo(before + 3);
        assertThat(of(Set.of(rule.key()), NOW)).isEmpty();
    }

    /** Who only looks whether he may, a hundred times, makes no node read anything. */
    @Test
    void whoLocksAndChangesNothingRaisesNothing() {
        add(rule(Scope.REALM, Optional.empty()));
        long before = version();
        database.run(em -> new StoredRules(em).lock(realm, NOW));
        assertThat(version()).isEqualTo(before);
    }

    @Test
    void whatHasEndedGoesOldestFirstAndThatIsAChange() {
        StoredRule first = rule(Scope.REALM, Optional.of(NOW.minusSeconds(20)));
        StoredRule second = rule(Scope.OFFICERS, Optional.of(NOW.minusSeconds(10)));
        StoredRule third = rule(Scope.client("desk"), Optional.of(NOW.minusMillis(1)));
        List.of(third, second, first, rule(Scope.REALM, Optional.of(NOW)), rule(Scope.REALM, Optional.empty()))
                .forEach(this::add);
        long before = version();

        assertThat(deleteEnded(2))
                .contains(new Deleted(2, first.until().get(), second.until().get()));
        assertThat(changes(before, version())).contains(Set.of(first.key(), second.key()));
        long between = version();
        assertThat(deleteEnded(2))
                .contains(new Deleted(1, third.until().get(), third.until().get()));
        assertThat(changes(between, version())).contains(Set.of(third.key()));

        long after = version();
        assertThat(deleteEnded(2)).isEmpty();
        assertThat(version()).as("nothing to read anew").isEqualTo(after);
        assertThat(database.<Long>call(
                        em -> em.createQuery("select count(*) from AccessRuleEntity where realmId = :realm", Long.class)
                                .setParameter("realm", realm)
                                .getSingleResult()))
                .isEqualTo(2);
    }

    private Optional<Deleted> deleteEnded(int limit) {
        return database.call(em -> new StoredRules(em).deleteEnded(realm, NOW, limit));
    }

    /** A realm that never had a rule is none whose versions every node asks for. */
    @Test
    void whereThereIsNoRuleNothingIsMade() {
        assertThat(deleteEnded(2)).isEmpty();
        assertThat(version()).isZero();
    }

    /** Whoever changes a rule leaves the others to retention, which leaves a record. */
    // FFAJ-2.2-S3
    @Test
    void whoChangesARuleDeletesNoOther() {
        StoredRule ended = rule(Scope.REALM, Optional.of(NOW.minusSeconds(10)));
        add(ended);
        database.run(em -> new StoredRules(em).lock(realm, NOW));
        assertThat(database.<Optional<StoredRule>>call(em -> new StoredRules(em).find(realm, ended.id())))
                .isPresent();
    }

    @Test
    void whoCameTooLateIsToldSo() {
        add(rule(Scope.REALM, Optional.empty()));
        long before = version();
        add(rule(Scope.OFFICERS, Optional.empty()));
        long after = version();

        assertThat(changes(before, after)).isPresent();
        database.run(em -> new StoredRules(em).lock(realm, NOW.plus(Duration.ofMinutes(50))));
        assertThat(changes(before, after)).isPresent();
        database.run(em -> new StoredRules(em).lock(realm, NOW.plus(Duration.ofHours(2))));
        assertThat(changes(before, after)).isEmpty();
        assertThat(changes(after, before)).as("an older database").isEmpty();
    }

    @Test
    void aVersionThatSomethingElseRaisedIsNotKnown() {
        add(rule(Scope.REALM, Optional.empty()));
        long before = version();
        database.run(em -> em.createQuery("update AccessVersionEntity set version = version + 1 where realmId = :realm")
                .setParameter("realm", realm)
                .executeUpdate());
        add(rule(Scope.OFFICERS, Optional.empty()));

        assertThat(changes(before, version())).isEmpty();
        RuleChanges known = database.call(em -> new StoredRules(em).changes(realm, before, version()));
        assertThat(known.keys())
                .as("what is known of it nevertheless")
                .containsExactly(rule(Scope.OFFICERS, Optional.empty()).key());
        assertThat(known.since()).contains(NOW.minusSeconds(120));
        assertThat(changes(before + 1, version())).isPresent();
    }

    /** Its nodes remember versions of the realm that was there before. */
    @Test
    void aRealmThatComesBackGoesOnWithGreaterVersions() {
        add(rule(Scope.REALM, Optional.empty()));
        long before = version();
        database.run(em -> new StoredRules(em).deleteRealm(realm));
        database.run(em -> new StoredRules(em).lock(realm, NOW.plusSeconds(1)));

        assertThat(version()).isGreaterThan(before);
        assertThat(changes(before, version())).isEmpty();
    }

    /** The first changes of a realm at once: none is lost. */
    @Test
    void changesAtOnceAreAllCounted() throws Exception {
        var threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Void>> changes = IntStream.range(0, 40)
                    .<Callable<Void>>mapToObj(i -> () -> {
                        add(rule(Scope.REALM, Optional.empty()));
                        return null;
                    })
                    .toList();
            for (var change : threads.invokeAll(changes)) {
                change.get();
            }
        } finally {
            threads.shutdownNow();
        }
        long last = version();
        assertThat(changes(last - 40, last)).isPresent();
        assertThat(changes(last - 41, last)).as("there were no more").isEmpty();
        assertThat(each(NOW)).hasSize(40);
    }

    @Test
    void rulesGoWithTheirCustomerAndRealm() {
        add(rule(Scope.customer("c1"), Optional.empty()));
        add(rule(Scope.customer("c2"), Optional.empty()));
        long before = version();
        database.run(em -> new StoredRules(em).deleteCustomer(realm, "c1"));
        assertThat(changes(before, version()))
                .contains(Set.of(rule(Scope.customer("c1"), Optional.empty()).key()));
        assertThat(of(Scope.customer("c1"))).isEmpty();
        assertThat(of(Scope.customer("c2"))).hasSize(1);

        database.run(em -> new StoredRules(em).deleteRealm(realm));
        assertThat(of(Scope.customer("c2"))).isEmpty();
        assertThat(version()).isZero();
    }

    private List<RuleTerms> each(Instant now) {
        List<RuleTerms> read = new ArrayList<>();
        database.run(em -> new StoredRules(em).each(realm, now, read::add));
        return read;
    }

    private List<StoredRule> of(Scope scope) {
        return database.call(em -> new StoredRules(em).ofScope(realm, scope, NOW, 0, 10));
    }

    private List<StoredRule> of(Set<StoredKey> keys, Instant now) {
        return database.call(em -> new StoredRules(em).of(realm, keys, now));
    }

    private Optional<Set<StoredKey>> changes(long after, long last) {
        RuleChanges changes = database.call(em -> new StoredRules(em).changes(realm, after, last));
        return Optional.of(changes.keys()).filter(keys -> changes.complete());
    }

    private long version() {
        return database.call(em -> new StoredRules(em).versions().getOrDefault(realm, 0L));
    }

    private void add(StoredRule rule) {
        database.run(em -> {
            StoredRules rules = new StoredRules(em);
            rules.lock(realm, NOW.minusSeconds(120));
            rules.add(realm, List.of(rule), NOW.minusSeconds(120));
        });
    }

    private StoredRule rule(Scope scope, Optional<Instant> until) {
        return new StoredRule(
                UUID.randomUUID().toString(),
                realm,
                scope,
                Optional.of("user"),
                Effect.DENY,
                Match.Kind.NETWORK,
                "203.0.113.0/24",
                false,
                NOW.minusSeconds(60),
                until,
                NOW.minusSeconds(60),
                "officer",
                "攻撃元");
    }
}
