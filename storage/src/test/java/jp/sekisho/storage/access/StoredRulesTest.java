package jp.sekisho.storage.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;
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

        assertThat(database.<List<StoredRule>>call(
                        em -> new StoredRules(em).ofRealm(realm, NOW).toList()))
                .containsExactly(rule);
        assertThat(database.<Optional<StoredRule>>call(em -> new StoredRules(em).find("another", rule.id())))
                .isEmpty();
        assertThat(database.<List<StoredRule>>call(em ->
                        new StoredRules(em).ofRealm(realm, NOW.plusSeconds(60)).toList()))
                .isEmpty();
    }

    @Test
    void eachChangeRaisesTheVersionAndClearsWhatHasEnded() {
        StoredRule ended = rule(Scope.REALM, Optional.of(NOW));
        add(ended);
        assertThat(version()).isEqualTo(1);
        database.run(em -> new StoredRules(em).change(realm, NOW));

        assertThat(version()).isEqualTo(2);
        assertThat(database.<Optional<StoredRule>>call(em -> new StoredRules(em).find(realm, ended.id())))
                .isEmpty();
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
        assertThat(version()).isEqualTo(40);
        assertThat(database.<Long>call(
                        em -> new StoredRules(em).ofRealm(realm, NOW).count()))
                .isEqualTo(40);
    }

    @Test
    void rulesGoWithTheirCustomerAndRealm() {
        add(rule(Scope.customer("c1"), Optional.empty()));
        add(rule(Scope.customer("c2"), Optional.empty()));
        database.run(em -> new StoredRules(em).deleteCustomer("c1"));
        assertThat(of(Scope.customer("c1"))).isEmpty();
        assertThat(of(Scope.customer("c2"))).hasSize(1);

        database.run(em -> new StoredRules(em).deleteRealm(realm));
        assertThat(of(Scope.customer("c2"))).isEmpty();
        assertThat(version()).isZero();
    }

    private List<StoredRule> of(Scope scope) {
        return database.call(em -> new StoredRules(em).ofScope(realm, scope, NOW, 0, 10));
    }

    private long version() {
        return database.call(em -> new StoredRules(em).versions().getOrDefault(realm, 0L));
    }

    private void add(StoredRule rule) {
        database.run(em -> {
            StoredRules rules = new StoredRules(em);
            rules.change(realm, NOW.minusSeconds(120));
            rules.add(rule);
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
