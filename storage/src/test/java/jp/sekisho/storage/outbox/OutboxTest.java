package jp.sekisho.storage.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import jp.sekisho.storage.cursor.Cursors;
import jp.sekisho.storage.evidence.EvidenceLog.Deleted;
import jp.sekisho.storage.outbox.Outbox.Taken;
import jp.sekisho.storage.outbox.OutboxEntity.State;
import jp.sekisho.storage.schema.Database;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(2);

    private static Database database;

    @BeforeAll
    static void create() {
        database = new Database();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void empty() {
        run(outbox -> List.of("r1", "r2").forEach(outbox::deleteRealm));
        // As after the first take of all times.
        database.run(em -> new Cursors(em).deleteRealm(""));
        List.of("mail", "webhook")
                .forEach(channel -> run(outbox -> outbox.take(channel, Set.of(), Instant.EPOCH, HOLD, 1)));
    }

    private static <T> T call(Function<Outbox, T> work) {
        return database.call(em -> work.apply(new Outbox(em)));
    }

    private static void run(Consumer<Outbox> work) {
        call(outbox -> {
            work.accept(outbox);
            return null;
        });
    }

    private static OutboxMessage message(String realm, String channel, String user, String key, Instant due) {
        return new OutboxMessage(
                UUID.randomUUID().toString(),
                Optional.empty(),
                realm,
                channel,
                "login",
                Optional.of(user),
                key,
                "ja",
                "{\"a\":\"日本\"}",
                due,
                due);
    }

    private static boolean put(String key) {
        return call(outbox -> outbox.put(message("r1", "mail", "u1", key, NOW)));
    }

    private static List<Taken> take(Instant now) {
        return turn(now).orElseThrow();
    }

    private static Optional<List<Taken>> turn(Instant now) {
        return call(outbox -> outbox.take("mail", Set.of(), now, HOLD, 10));
    }

    private static boolean has(String key, Instant after) {
        return call(outbox -> outbox.has("r1", "mail", key, after));
    }

    private static long count(State state) {
        return call(outbox -> outbox.count("mail", state));
    }

    private static Optional<Instant> oldest(Instant now) {
        return call(outbox -> outbox.oldestPending("mail", now));
    }

    private static long ahead(Taken taken, String exceptNotice, Instant since) {
        return call(outbox -> outbox.ahead(List.of(taken), Set.of(exceptNotice), since))
                .getOrDefault(taken.id(), 0L);
    }

    private static Map<String, String> held() {
        return call(outbox -> outbox.held("r1", "mail", "u1"));
    }

    @Test
    void oneKeyIsOneMessageInARealmAndChannel() {
        assertThat(put("k")).isTrue();
        assertThat(put("k")).isFalse();
        boolean otherRealm = call(outbox -> outbox.put(message("r2", "mail", "u1", "k", NOW)));
        assertThat(otherRealm).isTrue();
        boolean otherChannel = call(outbox -> outbox.put(message("r1", "webhook", "u1", "k", NOW)));
        assertThat(otherChannel).isTrue();
        assertThat(take(NOW)).hasSize(2);
    }

    @Test
    void theKeyStaysTakenAfterSending() {
        put("k");
        run(outbox ->
                outbox.sent(ids(outbox.take("mail", Set.of(), NOW, HOLD, 10).orElseThrow()), NOW));
        assertThat(put("k")).isFalse();
    }

    @Test
    void knowsWhatWasPutInAfterAnInstant() {
        put("k");
        assertThat(has("k", NOW.minusMillis(1))).isTrue();
        assertThat(has("k", NOW)).isFalse();
        assertThat(has("other", NOW.minusMillis(1))).isFalse();
    }

    @Test
    void whatOneHoldsNobodyElseGetsUntilItsTimeIsOver() {
        put("k");
        Taken first = take(NOW).get(0);
        assertThat(take(NOW)).isEmpty();
        assertThat(take(NOW.plus(HOLD).minusMillis(1))).isEmpty();
        Taken second = take(NOW.plus(HOLD)).get(0);
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.attempt()).isEqualTo(first.attempt() + 1);
        assertThat(second.message().payload()).isEqualTo("{\"a\":\"日本\"}");
    }

    @Test
    void whoLostAMessageChangesNothing() {
        put("k");
        Taken lost = take(NOW).get(0);
        take(NOW.plus(HOLD));
        run(outbox -> outbox.dead(lost, "late"));
        run(outbox -> outbox.retry(lost, NOW, "late"));
        run(outbox -> outbox.skip(lost, "late"));
        assertThat(count(State.PENDING)).isOne();
        assertThat(take(NOW.plus(HOLD))).isEmpty();
    }

    @Test
    void workersDoNotWaitForEachOther() {
        IntStream.range(0, 6).forEach(i -> put("k" + i));
        database.attempt(em -> {
            assertThat(new Outbox(em).take("mail", Set.of(), NOW, HOLD, 4).orElseThrow())
                    .hasSize(4);
            assertThat(turn(NOW)).as("not his turn").isEmpty();
            return false;
        });
        assertThat(take(NOW)).as("what a killed node had taken without commit").hasSize(6);
    }

    @Test
    void restingRealmsAreLeftOut() {
        put("k");
        run(outbox -> outbox.put(message("r2", "mail", "u1", "k", NOW)));
        List<Taken> others =
                call(outbox -> outbox.take("mail", Set.of("r1"), NOW, HOLD, 10)).orElseThrow();
        assertThat(others).extracting(taken -> taken.message().realmId()).containsExactly("r2");
    }

    @Test
    void notBeforeItIsDue() {
        run(outbox -> outbox.put(message("r1", "mail", "u1", "k", NOW.plusSeconds(1))));
        assertThat(take(NOW)).isEmpty();
        assertThat(oldest(NOW)).isEmpty();
        assertThat(take(NOW.plusSeconds(1))).hasSize(1);
    }

    @Test
    void theAgeCountsFromTheFactThroughAllRetries() {
        put("k");
        Taken taken = take(NOW).get(0);
        run(outbox -> outbox.retry(taken, NOW.plusSeconds(600), "down"));
        assertThat(oldest(NOW.plusSeconds(60))).contains(NOW);
    }

    @Test
    void countsWhatIsAheadOfAMessage() {
        put("k1");
        Taken first = take(NOW).get(0);
        put("k2");
        Taken second = take(NOW.plusMillis(1)).get(0);
        assertThat(ahead(first, "lock", NOW)).isZero();
        assertThat(ahead(second, "lock", NOW)).as("under way").isOne();
        run(outbox -> outbox.sent(List.of(first.id()), NOW));
        assertThat(ahead(second, "lock", NOW)).as("sent").isOne();
        assertThat(ahead(second, "lock", NOW.plusMillis(1))).as("long ago").isZero();
        assertThat(ahead(second, "login", NOW)).as("does not count").isZero();
    }

    /** Two nodes at once: the one that began first may be the last to commit. */
    @Test
    void whoTakesWhileAnotherDoesGetsHisTurnAfterHimAndCountsAllOfHis() {
        IntStream.range(0, 3).forEach(i -> put("first" + i));
        database.run(em -> {
            assertThat(new Outbox(em)
                            .take("mail", Set.of(), NOW.plusMillis(5), HOLD, 10)
                            .orElseThrow())
                    .hasSize(3);
            put("second");
            assertThat(turn(NOW.plusMillis(9)))
                    .as("what the other one took is not to be seen yet")
                    .isEmpty();
        });
        List<Taken> second = take(NOW.plusMillis(1));
        assertThat(second).hasSize(1);
        assertThat(second.get(0).at()).as("never before the last one").isEqualTo(NOW.plusMillis(6));
        assertThat(aheadOf(second)).containsValue(3L);
        put("third");
        assertThat(take(NOW).get(0).at()).as("nor in its millisecond").isEqualTo(NOW.plusMillis(7));
    }

    @Test
    void ofThoseTakenTogetherEachHasItsPlace() {
        IntStream.range(0, 5).forEach(i -> put("k" + i));
        List<Taken> taken = take(NOW);
        assertThat(aheadOf(taken).values()).containsExactlyInAnyOrder(1L, 2L, 3L, 4L);
        assertThat(aheadOf(taken.subList(0, 2)))
                .as("the rest of the batch is counted, too")
                .isEqualTo(onlyOf(taken.subList(0, 2), aheadOf(taken)));
    }

    @Test
    void eachCustomerAndChannelIsCountedByItself() {
        put("k1");
        put("k2");
        run(outbox -> outbox.put(message("r1", "mail", "u2", "k3", NOW)));
        run(outbox -> outbox.put(message("r1", "webhook", "u2", "k3", NOW)));
        List<Taken> webhook =
                call(outbox -> outbox.take("webhook", Set.of(), NOW, HOLD, 10)).orElseThrow();
        assertThat(aheadOf(webhook)).isEmpty();
        List<Taken> mail = take(NOW);
        assertThat(mail).hasSize(3);
        assertThat(aheadOf(mail)).hasSize(1).containsValue(1L);
    }

    private static Map<String, Long> aheadOf(List<Taken> taken) {
        return call(outbox -> outbox.ahead(taken, Set.of("lock"), NOW));
    }

    private static Map<String, Long> onlyOf(List<Taken> taken, Map<String, Long> ahead) {
        Map<String, Long> only = new HashMap<>(ahead);
        only.keySet().retainAll(ids(taken));
        return only;
    }

    @Test
    void whatIsHeldIsToldOnceInASummary() {
        put("k1");
        put("k2");
        take(NOW).forEach(taken -> run(outbox -> outbox.hold(taken)));
        assertThat(take(NOW.plus(HOLD))).isEmpty();
        Map<String, String> held = held();
        assertThat(held.values()).containsExactly("login", "login");
        run(outbox -> outbox.summarised(held.keySet(), "summary"));
        assertThat(held()).isEmpty();
    }

    @Test
    void forgetsWhatIsDoneWithAndKeepsTheDead() {
        List.of("sent", "skipped", "dead", "pending").forEach(OutboxTest::put);
        List<Taken> taken = take(NOW);
        run(outbox -> outbox.sent(List.of(taken.get(0).id()), NOW));
        run(outbox -> outbox.skip(taken.get(1), "not wanted"));
        run(outbox -> outbox.dead(taken.get(2), "x".repeat(2000)));
        assertThat(OutboxTest.<Optional<Deleted>>call(outbox -> outbox.deleteDone("r1", NOW.plusMillis(1), 10)))
                .map(Deleted::rows)
                .contains(2);
        assertThat(count(State.DEAD)).isOne();
        assertThat(count(State.PENDING)).isOne();
        assertThat(OutboxTest.<Optional<Deleted>>call(outbox -> outbox.deleteDead("r1", NOW.plusMillis(1), 10)))
                .map(Deleted::rows)
                .contains(1);
        assertThat(count(State.PENDING)).isOne();
    }

    private static List<String> ids(List<Taken> taken) {
        return taken.stream().map(Taken::id).toList();
    }

    /** For the desk: no customer's count holds it back, and no customer who goes takes it with him. */
    @Test
    void what_is_about_nobody_is_sent_like_any_other() {
        OutboxMessage alert = new OutboxMessage(
                "alert",
                Optional.empty(),
                "r1",
                "webhook",
                "unguarded-flows",
                Optional.empty(),
                "key",
                "ja",
                "{}",
                NOW,
                NOW);
        assertThat(OutboxTest.<Boolean>call(outbox -> outbox.put(alert))).isTrue();
        run(outbox -> outbox.deleteUser("r1", "u1"));
        List<Taken> taken =
                call(outbox -> outbox.take("webhook", Set.of(), NOW, HOLD, 10)).orElseThrow();
        assertThat(taken).hasSize(1).allMatch(one -> one.message().userId().isEmpty());
        assertThat(OutboxTest.<Map<String, Long>>call(outbox -> outbox.ahead(taken, Set.of(), NOW.minusSeconds(3600))))
                .isEmpty();
        run(outbox -> outbox.sent(List.of("alert"), NOW));
        assertThat(OutboxTest.<Long>call(outbox -> outbox.count("webhook", State.SENT)))
                .isOne();
    }
}
