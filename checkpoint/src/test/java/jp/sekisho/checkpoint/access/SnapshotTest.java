package jp.sekisho.checkpoint.access;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import jp.sekisho.policies.access.AccessRule.Effect;
import jp.sekisho.policies.access.AccessRules;
import jp.sekisho.policies.access.IpAddress;
import jp.sekisho.policies.access.Match;
import jp.sekisho.policies.access.Scope;
import jp.sekisho.policies.access.Seen;
import jp.sekisho.storage.access.StoredRule;
import jp.sekisho.storage.access.StoredRules;
import jp.sekisho.storage.schema.Database;
import jp.sekisho.storage.schema.DatabaseClock;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

// FFAJ-1.2-B2, FFAJ-2.1-S1a
class SnapshotTest {

    private static final List<Scope> SCOPES =
            List.of(Scope.REALM, Scope.OFFICERS, Scope.client("desk"), Scope.customer("a"), Scope.customer("b"));
    private static final List<String> NETWORKS =
            List.of("10.0.0.0/8", "10.1.0.0/16", "10.1.2.0/24", "10.1.2.3/32", "0.0.0.0/0", "2001:db8::/32", "::/0");
    private static final List<String> COUNTRIES = List.of("JP", "US");
    private static final List<String> NUMBERS = List.of("1", "2");
    private static final Map<Match.Kind, List<String>> MATCHED = Map.of(
            Match.Kind.NETWORK, NETWORKS,
            Match.Kind.COUNTRY, COUNTRIES,
            Match.Kind.ASN, NUMBERS,
            Match.Kind.KNOWN_DEVICE, List.of(""),
            Match.Kind.ABROAD, List.of(""));

    private static Database database;

    private final String realm = UUID.randomUUID().toString();

    @BeforeContainer
    static void open() {
        database = new Database();
    }

    @AfterContainer
    static void close() {
        database.close();
    }

    /** Whatever was made, ended, ran out, was deleted for it, went with its customer or was refused in between, read at once or in pieces. */
    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void whatIsReadByItsChangesAnswersAsWhatIsReadWhole(@ForAll long seed) {
        Random random = new Random(seed);
        // What is the first change of a realm is read whole.
        database.run(em -> new StoredRules(em).lock(realm, DatabaseClock.now(em)));
        change(random);
        Snapshot followed = database.call(em -> Snapshot.whole(em, realm));
        for (int step = 0; step < 25; step++) {
            change(random);
            if (random.nextBoolean()) {
                Snapshot last = followed;
                followed = database.call(em -> followed(last, em));
                assertThat(followed.version()).isEqualTo(database.<Long>call(this::version));
                compare(
                        followed.rules(),
                        database.call(em -> Snapshot.whole(em, realm)).rules());
            }
        }
    }

    private Snapshot followed(Snapshot last, EntityManager em) {
        long version = version(em);
        return last.with(new StoredRules(em).changes(realm, last.version(), version), version, em, realm);
    }

    private long version(EntityManager em) {
        return new StoredRules(em).versions().getOrDefault(realm, 0L);
    }

    private void compare(AccessRules followed, AccessRules whole) {
        Instant now = database.call(DatabaseClock::now);
        for (Scope scope : SCOPES) {
            for (int seconds : List.of(0, 5, 30, 90, 7200)) {
                Instant at = now.plusSeconds(seconds);
                assertThat(followed.strict(scope, at)).isEqualTo(whole.strict(scope, at));
                for (Seen seen : sights()) {
                    assertThat(followed.denying(List.of(scope), seen, at))
                            .as("%s %s %s", scope, seen, at)
                            .isEqualTo(whole.denying(List.of(scope), seen, at));
                }
            }
        }
    }

    private static List<Seen> sights() {
        List<Seen> sights = new ArrayList<>();
        for (byte[] address : List.of(
                new byte[] {10, 1, 2, 3},
                new byte[] {10, 1, 2, 4},
                new byte[] {10, 9, 9, 9},
                new byte[] {11, 1, 2, 3},
                new byte[] {0x20, 1, 0xd, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})) {
            sights.add(
                    new Seen(Optional.of(IpAddress.of(address)), Optional.of(3L), Optional.of("DE"), address[3] == 4));
        }
        sights.add(new Seen(Optional.empty(), Optional.of(1L), Optional.of("JP"), false));
        sights.add(new Seen(Optional.empty(), Optional.of(2L), Optional.of("US"), true));
        return sights;
    }

    private void change(Random random) {
        database.run(em -> {
            StoredRules stored = new StoredRules(em);
            Instant now = DatabaseClock.now(em);
            if (random.nextInt(10) == 0) {
                stored.deleteCustomer(realm, random.nextBoolean() ? "a" : "b");
                return;
            }
            if (random.nextInt(5) == 0) {
                stored.deleteEnded(realm, now, 1);
            }
            stored.lock(realm, now);
            List<StoredRule> there = SCOPES.stream()
                    .flatMap(scope -> stored.ofScope(realm, scope, now, 0, 1_000).stream())
                    .toList();
            int what = random.nextInt(10);
            if (what < 5 || there.isEmpty()) {
                List<StoredRule> made = new ArrayList<>();
                for (int i = random.nextInt(4); i >= 0; i--) {
                    made.add(rule(random, now));
                }
                stored.add(realm, made, now);
            } else if (what < 9) {
                StoredRule rule = there.get(random.nextInt(there.size()));
                Instant end = now.plusSeconds(60);
                if (random.nextBoolean() && rule.from().isBefore(end)) {
                    stored.endAt(rule, end, now);
                } else {
                    stored.remove(rule, now);
                }
            }
        });
    }

    private StoredRule rule(Random random, Instant now) {
        Scope scope = SCOPES.get(random.nextInt(SCOPES.size()));
        Match.Kind kind = random.nextInt(3) > 0
                ? Match.Kind.NETWORK
                : Match.Kind.values()[random.nextInt(Match.Kind.values().length)];
        List<String> matched = MATCHED.get(kind);
        // Some have just not begun, some have ended when the next change comes.
        Instant from = now.plusSeconds(random.nextInt(3) * 20L).minus(Duration.ofSeconds(21));
        Optional<Instant> until = random.nextInt(4) == 0
                ? Optional.of(random.nextBoolean() ? from.plusMillis(21_001 - random.nextInt(2)) : from.plusSeconds(70))
                : Optional.empty();
        return new StoredRule(
                UUID.randomUUID().toString(),
                realm,
                scope,
                Optional.empty(),
                kind == Match.Kind.KNOWN_DEVICE || random.nextInt(3) == 0 ? Effect.ALLOW : Effect.DENY,
                kind,
                matched.get(random.nextInt(matched.size())),
                scope.kind() == Scope.Kind.CUSTOMER && random.nextInt(3) == 0,
                from,
                until,
                now,
                "officer",
                "x");
    }
}
