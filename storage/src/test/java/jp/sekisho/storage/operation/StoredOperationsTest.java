package jp.sekisho.storage.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import jp.sekisho.policies.anomaly.Change;
import jp.sekisho.policies.decision.Cause;
import jp.sekisho.policies.decision.Outcome;
import jp.sekisho.policies.decision.Requirement;
import jp.sekisho.policies.limit.Limits;
import jp.sekisho.policies.limit.Standing;
import jp.sekisho.policies.lockout.Counter;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Details.Action;
import jp.sekisho.policies.operation.Details.PositionEffect;
import jp.sekisho.policies.operation.Details.Side;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.operation.State;
import jp.sekisho.policies.operation.State.Move;
import jp.sekisho.policies.risk.Level;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.policies.signal.SignalEvent.Finding;
import jp.sekisho.storage.change.Changes;
import jp.sekisho.storage.counter.Counters;
import jp.sekisho.storage.counter.Failed;
import jp.sekisho.storage.customer.CustomerState;
import jp.sekisho.storage.dossier.Dossiers;
import jp.sekisho.storage.dossier.Dossiers.WithUsual;
import jp.sekisho.storage.evidence.EvidenceLog;
import jp.sekisho.storage.evidence.EvidenceRow;
import jp.sekisho.storage.evidence.EvidenceRow.Index;
import jp.sekisho.storage.evidence.EvidenceRow.Kind;
import jp.sekisho.storage.limit.StoredLimits;
import jp.sekisho.storage.operation.Before.Window;
import jp.sekisho.storage.operation.Sought.Since;
import jp.sekisho.storage.operation.StoredOperation.Asked;
import jp.sekisho.storage.operation.StoredOperation.Decided;
import jp.sekisho.storage.operation.StoredOperation.Done;
import jp.sekisho.storage.operation.StoredOperation.Sums;
import jp.sekisho.storage.operation.StoredOperation.Times;
import jp.sekisho.storage.operation.StoredOperation.What;
import jp.sekisho.storage.operation.StoredOperation.Whose;
import jp.sekisho.storage.payee.Payees;
import jp.sekisho.storage.payee.StoredPayee;
import jp.sekisho.storage.schema.Database;
import jp.sekisho.storage.signal.SignalPart;
import jp.sekisho.storage.signal.SignalParts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoredOperationsTest {

    private static final String REALM = "realm";

    /** The database's own, by which windows end. */
    private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration NONE = Duration.ZERO;

    private static final Duration VALID = Duration.ofMinutes(10);
    private static final Whose ALICE = new Whose("alice's pseudonym", "alice", "session");
    private static final String DIGEST = "d".repeat(64);
    private static final String ACCOUNT = "h".repeat(64);
    private static final String PERMIT = "f".repeat(64);

    private static final Sums SUMS = new Sums(
            Optional.of(Money.of("1500.50", "USD")),
            Optional.of("USD/JPY"),
            Optional.of(Side.SELL),
            Optional.of(PositionEffect.OPEN),
            Optional.of(new BigDecimal("0.125")),
            Optional.of(new BigDecimal("0.5")));

    private final Database database = new Database();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        StoredOperation operation = operation("r1", State.HELD, Optional.of(NOW.plusSeconds(60)));
        assertThat(add(operation)).isTrue();
        assertThat(find(operation.id())).contains(operation);
        assertThat(database.<Optional<StoredOperation>>call(em -> new StoredOperations(em).find(REALM, "app", "r1")))
                .contains(operation);
        assertThat(database.<Optional<StoredOperation>>call(
                        em -> new StoredOperations(em).find("another realm", operation.id())))
                .isEmpty();
    }

    @Test
    void anAppAsksOnceByAnId() {
        assertThat(add(operation("r1", State.ALLOWED, Optional.empty()))).isTrue();
        assertThat(add(operation("r1", State.ALLOWED, Optional.empty()))).isFalse();
        assertThat(database.<List<EvidenceRow>>call(em -> new EvidenceLog(em).ofCustomer(REALM, ALICE.customer(), 10)))
                .as("records of decisions")
                .hasSize(1);
    }

    @Test
    void ofAnyNumberThatRedeemAtOnceOneDoes() throws Exception {
        StoredOperation operation = operation("r1", State.ALLOWED, Optional.empty());
        add(operation);
        assertThat(atOnce(() -> redeem(operation, DIGEST, NOW))).isEqualTo(1);
        assertThat(find(operation.id()).orElseThrow().state()).isEqualTo(State.REDEEMED);
    }

    @Test
    void nothingIsRedeemedThatIsNotAllowedIsOverOrIsAnother() {
        StoredOperation asked = operation("r1", State.STEP_UP, Optional.empty());
        StoredOperation allowed = operation("r2", State.ALLOWED, Optional.empty());
        add(asked);
        add(allowed);
        assertThat(redeem(asked, DIGEST, NOW)).isFalse();
        assertThat(redeem(allowed, "e".repeat(64), NOW)).isFalse();
        assertThat(redeem(allowed, DIGEST, NOW.plus(VALID))).isFalse();
        assertThat(redeem(allowed, DIGEST, NOW.plus(VALID).minusMillis(1))).isTrue();
    }

    @Test
    void itIsConfirmedOnceToldOnceAndOpensAWindow() throws Exception {
        StoredOperation asked = operation("r1", State.STEP_UP, Optional.empty());
        add(asked);
        Instant window = NOW.plus(Duration.ofHours(8));
        assertThat(atOnce(() -> database.call(em -> new StoredOperations(em)
                        .confirm(asked.id(), DIGEST, "PASSKEY", NOW, NOW.plus(VALID), Optional.of(window), PERMIT))))
                .isEqualTo(1);
        assertThat(atOnce(() -> database.call(em -> new StoredOperations(em).issue(asked.id(), NOW))))
                .isEqualTo(1);
        assertThat(find(asked.id()).orElseThrow().permit()).contains(PERMIT);
        assertThat(look().window()).contains(new Window(asked.id(), window, PERMIT));
        database.run(em -> new StoredOperations(em).closeWindow(ALICE, NOW));
        assertThat(look().window()).isEmpty();
        assertThat(redeem(asked, DIGEST, NOW)).isTrue();
    }

    // FFAJ-1.4-S2
    @Test
    void whatWasWithdrawnWithinADayIsOfYenThatWereRedeemed() {
        for (String request : List.of("r1", "r2", "r3")) {
            StoredOperation withdrawal = withdrawal(request, "300000", "JPY");
            add(withdrawal);
            if (!request.equals("r3")) {
                redeem(withdrawal, DIGEST, NOW);
            }
        }
        StoredOperation dollars = withdrawal("r4", "5", "USD");
        add(dollars);
        redeem(dollars, DIGEST, NOW);
        assertThat(withdrawn(NOW.plusSeconds(60))).isEqualByComparingTo("600000");
        assertThat(lookedForWithdrawal().own().withdrawn()).isEqualByComparingTo("600000");
        assertThat(withdrawn(NOW.plus(Duration.ofHours(24)))).isEqualByComparingTo("0");
        assertThat(lookedForWithdrawal().own().limits()).isEqualTo(Standing.NONE);
        Limits limits = new Limits(true, false, Optional.of(600_000L), true);
        database.run(em -> {
            StoredLimits stored = new StoredLimits(em);
            stored.begun(REALM, ALICE.customer());
            stored.set(ALICE.customer(), Standing.NONE.after(limits, NOW, Duration.ofHours(24)));
        });
        assertThat(lookedForWithdrawal().own().limits().set()).isEqualTo(limits);
    }

    private BigDecimal withdrawn(Instant now) {
        return database.call(em -> new StoredOperations(em).withdrawn(ALICE.customer(), now));
    }

    private Before lookedForWithdrawal() {
        Sought order = sought(ALICE, Optional.empty(), Optional.empty());
        Sought withdrawal = new Sought(
                REALM,
                order.clientId(),
                ALICE,
                Operation.WITHDRAWAL,
                order.payee(),
                order.device(),
                order.part(),
                order.since());
        return look(withdrawal);
    }

    private static StoredOperation withdrawal(String requestId, String amount, String currency) {
        StoredOperation order = operation(requestId, State.ALLOWED, Optional.empty());
        Sums sums = new Sums(
                Optional.of(Money.of(amount, currency)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new StoredOperation(
                order.id(),
                order.realmId(),
                order.asked(),
                order.whose(),
                new What(Operation.WITHDRAWAL, "key:sealed", DIGEST, false, sums, Optional.empty()),
                order.decided(),
                order.state(),
                order.times(),
                order.permit());
    }

    @Test
    void aWindowEnds() {
        StoredOperation asked = operation("r1", State.STEP_UP, Optional.empty());
        add(asked);
        database.run(em -> new StoredOperations(em)
                .confirm(asked.id(), DIGEST, "PASSKEY", NOW, NOW.plus(VALID), Optional.of(NOW), PERMIT));
        assertThat(look().window()).isEmpty();
    }

    @Test
    void ofSeveralWindowsTheOneThatLastsLongestCounts() {
        for (int seconds : List.of(60, 120, 90)) {
            StoredOperation asked = operation("r" + seconds, State.STEP_UP, Optional.empty());
            add(asked);
            Instant until = NOW.plusSeconds(seconds);
            database.run(em -> new StoredOperations(em)
                    .confirm(
                            asked.id(), DIGEST, "PASSKEY", NOW, NOW.plus(VALID), Optional.of(until), "permit" + until));
        }
        Instant last = NOW.plusSeconds(120);
        assertThat(look().window())
                .hasValueSatisfying(window -> assertThat(window)
                        .extracting(Window::until, Window::permit)
                        .containsExactly(last, "permit" + last));
    }

    @Test
    void aWindowIsOfItsSessionAndCustomer() {
        StoredOperation asked = operation("r1", State.STEP_UP, Optional.empty());
        add(asked);
        database.run(em -> new StoredOperations(em)
                .confirm(
                        asked.id(), DIGEST, "PASSKEY", NOW, NOW.plus(VALID), Optional.of(NOW.plusSeconds(60)), PERMIT));
        for (Whose other : List.of(
                new Whose(ALICE.customer(), ALICE.userId(), "another session"),
                new Whose("bob's pseudonym", "bob", ALICE.sessionId()))) {
            assertThat(look(sought(other, Optional.empty(), Optional.empty())).window())
                    .isEmpty();
        }
        assertThat(look(sought("another app", ALICE)).window()).isEmpty();
    }

    @Test
    void whatIsTakenBackOpensNoWindow() {
        StoredOperation asked = operation("r1", State.STEP_UP, Optional.empty());
        add(asked);
        database.run(em -> new StoredOperations(em)
                .confirm(
                        asked.id(), DIGEST, "PASSKEY", NOW, NOW.plus(VALID), Optional.of(NOW.plusSeconds(60)), PERMIT));
        assertThat(look().window()).isPresent();
        end(asked, Move.VOID);
        assertThat(look().window()).isEmpty();
    }

    // FFAJ-1.4-S3
    @Test
    void whatWaitsForAPersonIsReleasedOnce() {
        StoredOperation held = operation("r1", State.HELD, Optional.empty());
        add(held);
        Instant later = NOW.plus(Duration.ofDays(3));
        for (boolean waits : List.of(true, false)) {
            assertThat(database.<Boolean>call(
                            em -> new StoredOperations(em).release(held.id(), NOW, later, Optional.of(PERMIT))))
                    .isEqualTo(waits);
        }
        assertThat(find(held.id())).hasValueSatisfying(released -> {
            assertThat(released.decided()).isEqualTo(held.decided().heldUntil(NOW));
            assertThat(released.times().expiresAt()).isEqualTo(later);
            assertThat(released.permit()).contains(PERMIT);
        });
    }

    /** However an app writes a number, a row and its content say the same. */
    // JP25-11
    @Test
    void sumsAreReadAsTheyAreWritten() {
        Sums written = new Sums(
                Optional.of(Money.of("1500", "USD")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new BigDecimal("10000.00")),
                Optional.of(new BigDecimal("1.0")));
        StoredOperation order = operation("r1", State.ALLOWED, Optional.empty());
        add(new StoredOperation(
                order.id(),
                order.realmId(),
                order.asked(),
                order.whose(),
                new What(Operation.TRADE, "key:sealed", DIGEST, false, written, Optional.empty()),
                order.decided(),
                order.state(),
                order.times(),
                order.permit()));
        assertThat(find(order.id()).orElseThrow().what().sums()).isEqualTo(written);
    }

    @Test
    void whatIsHeldIsDecidedAgainByOne() throws Exception {
        StoredOperation held = operation("r1", State.HELD, Optional.of(NOW));
        add(held);
        assertThat(atOnce(() -> database.call(em -> new StoredOperations(em)
                        .decide(
                                held,
                                Move.ASK,
                                decided(Outcome.STEP_UP, Optional.empty(), Optional.empty()),
                                NOW.plus(VALID),
                                Optional.of(PERMIT),
                                NOW))))
                .isEqualTo(1);
        assertThat(find(held.id()).orElseThrow().state()).isEqualTo(State.STEP_UP);
        assertThat(find(held.id()).orElseThrow().permit()).contains(PERMIT);
    }

    // JP25-9
    @Test
    void whatIsAllowedIsDecidedAgainByOneAndNotOnceItIsRedeemed() throws Exception {
        StoredOperation allowed = operation("r1", State.ALLOWED, Optional.empty());
        add(allowed);
        Decided anew = decided(Outcome.STEP_UP, Optional.empty(), Optional.empty());
        assertThat(atOnce(() -> database.call(em -> new StoredOperations(em)
                        .decide(allowed, Move.ASK, anew, NOW.plus(VALID), Optional.empty(), NOW))))
                .isEqualTo(1);
        assertThat(find(allowed.id()).orElseThrow().state()).isEqualTo(State.STEP_UP);
        assertThat(redeem(allowed, DIGEST, NOW)).isFalse();
        StoredOperation done = operation("r2", State.ALLOWED, Optional.empty());
        add(done);
        redeem(done, DIGEST, NOW);
        assertThat(database.<Boolean>call(em ->
                        new StoredOperations(em).decide(done, Move.ASK, anew, NOW.plus(VALID), Optional.empty(), NOW)))
                .isFalse();
    }

    // JP25-9
    @Test
    void ordersBesideOneAreThoseThatOpenAndMayBeRedeemedOrWere() {
        StoredOperation order = operation("order", State.ALLOWED, Optional.empty());
        StoredOperation redeemed = operation("redeemed", State.ALLOWED, Optional.empty());
        StoredOperation out = wayOut("out", Side.SELL);
        StoredOperation withdrawal = withdrawal("withdrawal", "300000", "JPY");
        for (StoredOperation one : List.of(
                order,
                redeemed,
                out,
                withdrawal,
                operation("allowed", State.ALLOWED, Optional.empty()),
                operation("asked", State.STEP_UP, Optional.empty()),
                operation("denied", State.DENIED, Optional.empty()))) {
            add(one);
        }
        for (StoredOperation one : List.of(redeemed, out, withdrawal)) {
            redeem(one, DIGEST, NOW);
        }
        Instant before = NOW.minusMillis(1);
        database.run(em -> {
            StoredOperations operations = new StoredOperations(em);
            assertThat(operations.beside(order, before, before, 9)).isEqualTo(2);
            assertThat(operations.beside(order, before, before, 1)).isEqualTo(1);
            assertThat(operations.doneBeside(order, before, before, 9)).isEqualTo(1);
            assertThat(operations.doneBeside(order, before, NOW, 9))
                    .as("redeemed before")
                    .isZero();
            assertThat(operations.beside(order, NOW, before, 9))
                    .as("asked about long before")
                    .isZero();
        });
    }

    @Test
    void aResultIsToldOnceAndOnlyOfWhatWasRedeemed() {
        StoredOperation allowed = operation("r1", State.ALLOWED, Optional.empty());
        add(allowed);
        assertThat(end(allowed, Move.EXECUTE)).isFalse();
        redeem(allowed, DIGEST, NOW);
        assertThat(end(allowed, Move.EXECUTE)).isTrue();
        assertThat(end(allowed, Move.REJECT)).isFalse();
    }

    /** Its customer is told of it, and it counts again. */
    // FFAJ-1.3-B2
    @Test
    void whatWasRedeemedAndDoneIsDoneWhateverWasSaidOfItBefore() {
        for (Move before : List.of(Move.ABANDON, Move.REJECT)) {
            StoredOperation redeemed = operation(before.name(), State.ALLOWED, Optional.empty());
            add(redeemed);
            redeem(redeemed, DIGEST, NOW);
            assertThat(end(redeemed, before)).isTrue();
            assertThat(end(redeemed, Move.EXECUTE)).as(before.name()).isTrue();
            assertThat(end(redeemed, before)).as("and never back").isFalse();
            assertThat(find(redeemed.id()).orElseThrow().state()).isEqualTo(State.EXECUTED);
        }
        StoredOperation never = operation("never", State.ALLOWED, Optional.empty());
        add(never);
        assertThat(end(never, Move.ABANDON)).isFalse();
        assertThat(end(never, Move.CANCEL)).isTrue();
        assertThat(end(never, Move.EXECUTE)).as("nobody was let do it").isFalse();
    }

    /** Who takes it back at the very moment does not get what was done out of the books. */
    @Test
    void aCustomerTakesNothingBackThatMayBeExecuted() {
        StoredOperation redeemed = operation("r1", State.ALLOWED, Optional.empty());
        add(redeemed);
        redeem(redeemed, DIGEST, NOW);
        assertThat(end(redeemed, Move.CANCEL)).isFalse();
        assertThat(end(redeemed, Move.VOID)).isFalse();
        assertThat(find(redeemed.id()).orElseThrow().state()).isEqualTo(State.REDEEMED);
    }

    @Test
    void whatMayGoOnIsFoundAndWhatIsOverIsNot() {
        StoredOperation allowed = operation("r1", State.ALLOWED, Optional.empty());
        StoredOperation denied = operation("r2", State.DENIED, Optional.empty());
        add(allowed);
        add(denied);
        assertThat(unfinished(NOW)).extracting(StoredOperation::id).containsExactly(allowed.id());
        assertThat(unfinished(NOW.plus(VALID))).isEmpty();
        assertThat(find(allowed.id()).orElseThrow().state(NOW.plus(VALID))).isEqualTo(State.EXPIRED);
        assertThat(find(denied.id()).orElseThrow().state(NOW.plus(VALID))).isEqualTo(State.DENIED);
    }

    // FFAJ-3-S2
    @Test
    void whatACustomerDidIsWhatWasRedeemed() {
        StoredOperation redeemed = operation("r1", State.ALLOWED, Optional.empty());
        add(redeemed);
        add(operation("r2", State.ALLOWED, Optional.empty()));
        redeem(redeemed, DIGEST, NOW);
        Done order = new Done(Operation.TRADE, NOW, false, false, SUMS, Optional.empty());
        assertThat(done(Operation.TRADE, LONG, LONG)).containsExactly(order);
        assertThat(look().done()).containsExactly(order);
        end(redeemed, Move.EXECUTE);
        assertThat(done(Operation.TRADE, LONG, LONG)).containsExactly(order);
        assertThat(done(Operation.TRADE, NONE, NONE))
                .as("older, of the same kind")
                .containsExactly(order);
        assertThat(done(Operation.WITHDRAWAL, NONE, LONG))
                .as("lately, of another")
                .containsExactly(order);
        assertThat(done(Operation.WITHDRAWAL, NONE, NONE))
                .as("of another, and long ago")
                .isEmpty();
        assertThat(disowned("another session")).isZero();
        assertThat(done(Operation.TRADE, LONG, LONG)).containsExactly(order);
        assertThat(find(redeemed.id()).orElseThrow().times().disownedAt()).isEmpty();
        assertThat(disowned(ALICE.sessionId())).isPositive();
        assertThat(find(redeemed.id()).orElseThrow().times().disownedAt()).contains(NOW);
        assertThat(done(Operation.TRADE, LONG, LONG))
                .as("in a session that was not hers")
                .isEmpty();
        assertThat(disowned(ALICE.sessionId())).as("once").isZero();
    }

    /** Nobody is asked about them, so that anybody who has a session has as many as he likes. */
    // FFAJ-3-S2, JP25-9
    @Test
    void waysOutHideNothingThatWasDone() {
        Done order = new Done(Operation.TRADE, NOW, false, false, SUMS, Optional.empty());
        StoredOperation opened = operation("opened", State.ALLOWED, Optional.empty());
        add(opened);
        redeem(opened, DIGEST, NOW);
        for (int i = 0; i < 201; i++) {
            StoredOperation out = wayOut("out" + i, i == 0 ? Side.SELL : Side.BUY);
            add(out);
            redeem(out, DIGEST, NOW);
        }
        Done sale = new Done(Operation.TRADE, NOW.plusMillis(1), true, false, sums(Side.SELL), Optional.empty());
        assertThat(done(Operation.TRADE, LONG, LONG)).as("today").containsExactlyInAnyOrder(order, sale);
        assertThat(done(Operation.TRADE, NONE, LONG)).as("usual").containsExactlyInAnyOrder(order, sale);
        assertThat(done(Operation.WITHDRAWAL, NONE, LONG)).as("lately").containsExactlyInAnyOrder(order, sale);
        assertThat(done(Operation.TRADE, NONE, NONE)).as("sold long ago").containsExactly(order);
    }

    /** Later than all others. */
    private static StoredOperation wayOut(String requestId, Side side) {
        StoredOperation order = operation(requestId, State.ALLOWED, Optional.empty());
        return new StoredOperation(
                order.id(),
                order.realmId(),
                order.asked(),
                order.whose(),
                new What(Operation.TRADE, "key:sealed", DIGEST, true, sums(side), Optional.empty()),
                order.decided(),
                order.state(),
                Times.begin(NOW.plusMillis(1), NOW.plus(VALID)),
                order.permit());
    }

    private static Sums sums(Side side) {
        return new Sums(
                SUMS.amount(),
                SUMS.instrument(),
                Optional.of(side),
                Optional.of(PositionEffect.CLOSE),
                SUMS.quantity(),
                SUMS.holdingsShare());
    }

    /** Else what an app says of it would count as if it had been done. */
    @Test
    void byAnOrderThatIsTakenBackNothingMoves() {
        for (Action action : Action.values()) {
            Details details = new Details(
                    SUMS.amount(),
                    Optional.empty(),
                    SUMS.instrument(),
                    SUMS.side(),
                    SUMS.positionEffect(),
                    action,
                    Optional.empty(),
                    SUMS.quantity(),
                    Optional.empty(),
                    SUMS.holdingsShare(),
                    Optional.empty(),
                    Set.of());
            assertThat(Sums.of(details).equals(SUMS)).isEqualTo(action == Action.PLACE);
            assertThat(Sums.of(details).side().isPresent()).isEqualTo(action == Action.PLACE);
        }
    }

    private int disowned(String sessionId) {
        return database.call(em -> new StoredOperations(em).disown(ALICE.customer(), sessionId, NOW));
    }

    // FFAJ-3-S2
    @Test
    void itIsKnownWhatHeConfirmedOfIt() {
        StoredOperation asked = operation("r1", State.STEP_UP, Optional.empty());
        add(asked);
        database.run(em -> new StoredOperations(em)
                .confirm(asked.id(), DIGEST, "PASSKEY", NOW, NOW.plus(VALID), Optional.empty(), PERMIT));
        redeem(asked, DIGEST, NOW);
        Done confirmed = new Done(Operation.TRADE, NOW, false, true, SUMS, Optional.empty());
        assertThat(look().done()).containsExactly(confirmed);
        assertThat(done(Operation.TRADE, LONG, LONG)).containsExactly(confirmed);
    }

    private List<Done> done(Operation kind, Duration settled, Duration lately) {
        Sought sought = new Sought(
                REALM,
                "app",
                ALICE,
                kind,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Since(settled, lately, NONE));
        return look(sought).done();
    }

    // FFAJ-3-S2
    @Test
    void whoElseNamedTheBankAccountIsCountedOnce() {
        Whose bob = new Whose("bob's pseudonym", "bob", "bob's session");
        Whose carol = new Whose("carol's pseudonym", "carol", "carol's session");
        add(naming("r1", ALICE, ACCOUNT));
        add(naming("r2", bob, ACCOUNT));
        add(naming("r3", bob, ACCOUNT));
        add(naming("r4", carol, "n".repeat(64)));
        assertThat(others(ALICE, LONG)).isEqualTo(1);
        for (Whose whose : List.of(ALICE, bob, carol)) {
            database.run(em -> new Payees(em)
                    .add(
                            REALM,
                            new StoredPayee(
                                    whose.userId(),
                                    whose.customer(),
                                    whose.userId(),
                                    ACCOUNT,
                                    "key:sealed",
                                    StoredPayee.State.PENDING,
                                    "operation",
                                    NOW,
                                    NOW)));
        }
        assertThat(others(ALICE, LONG)).isEqualTo(2);
        assertThat(others(ALICE, NONE)).as("long ago").isZero();
        assertThat(look().others()).as("an order").isZero();
    }

    private int others(Whose whose, Duration since) {
        Sought sought = new Sought(
                REALM,
                "app",
                whose,
                Operation.WITHDRAWAL,
                Optional.of(ACCOUNT),
                Optional.empty(),
                Optional.empty(),
                new Since(NONE, NONE, since));
        return look(sought).others();
    }

    // FFAJ-3-S2
    @Test
    void whatOfTheCustomerChangedIsKnown() {
        assertThat(lookedForWithdrawal().changes()).isEmpty();
        Instant later = NOW.plusSeconds(1);
        database.run(em -> {
            Changes changes = new Changes(em);
            changes.note(REALM, ALICE.customer(), Change.PHONE, NOW);
            changes.note(REALM, ALICE.customer(), Change.CONTACT, later);
            changes.note(REALM, ALICE.customer(), Change.CONTACT, NOW);
            changes.note(REALM, "bob's pseudonym", Change.PHONE, later);
        });
        assertThat(look().changes()).as("an order").isEmpty();
        assertThat(lookedForWithdrawal().changes()).isEqualTo(Map.of(Change.PHONE, NOW, Change.CONTACT, later));
        database.run(em -> new CustomerState(em).deleteCustomer(REALM, ALICE.customer(), ALICE.userId(), NOW));
        assertThat(lookedForWithdrawal().changes()).isEmpty();
    }

    // FFAJ-3-B
    @Test
    void whatOtherNodesHeardOfTheSessionIsKnown() {
        assertThat(look().heard()).isEqualTo(SessionSignals.NONE);
        SessionSignals one = new SessionSignals(Set.of("home"), 3, 1, 0, 2, Set.of(Finding.Kind.WEBDRIVER), 4);
        SessionSignals other =
                new SessionSignals(Set.of("home", "order"), 2, 0, 1, 0, Set.of(Finding.Kind.HEADLESS), 0);
        database.run(em -> new SignalParts(em)
                .write(
                        List.of(
                                new SignalPart("one", REALM, ALICE.sessionId(), one),
                                new SignalPart("other", REALM, ALICE.sessionId(), other),
                                new SignalPart("own", REALM, ALICE.sessionId(), one),
                                new SignalPart("another's", REALM, "another session", one)),
                        NOW));
        assertThat(look(sought(ALICE, Optional.empty(), Optional.of("own"))).heard())
                .isEqualTo(one.and(other));
    }

    @Test
    void itIsKnownHowOftenACustomerWasAsked() {
        add(operation("r1", State.STEP_UP, Optional.empty()));
        add(operation("r2", State.ALLOWED, Optional.empty()));
        add(operation("r3", State.HELD, Optional.of(NOW)));
        assertThat(asked("app", NOW.minusSeconds(1)))
                .as("what is held is told by mail")
                .isEqualTo(2);
        assertThat(asked("app", NOW)).isZero();
        assertThat(asked("another app", NOW.minusSeconds(1)))
                .as("whose credential was stolen shuts no other app")
                .isZero();
    }

    private long asked(String client, Instant since) {
        return database.call(em -> new StoredOperations(em).askedSince(ALICE.customer(), client, since));
    }

    @Test
    void whatIsAskedBeforeADecisionIsTwoStatements() {
        assertThat(database.statements(
                        em -> new StoredOperations(em).look(sought(ALICE, Optional.of(ACCOUNT), Optional.of("part")))))
                .isEqualTo(2);
    }

    @Test
    void theSameIsReadWithTheDossier() {
        StoredOperation order = operation("r1", State.ALLOWED, Optional.empty());
        add(order);
        redeem(order, DIGEST, NOW);
        database.run(em -> new Changes(em).note(REALM, ALICE.customer(), Change.PHONE, NOW));
        List<Counter> counters = Failed.once(NOW, "password", "otp");
        database.run(em -> new Counters(em).replace(REALM, ALICE.customer(), counters, NOW));
        database.run(em -> new SignalParts(em)
                .write(
                        List.of(
                                new SignalPart("one", REALM, ALICE.sessionId(), events(2)),
                                new SignalPart("other", REALM, ALICE.sessionId(), events(2))),
                        NOW));
        for (Optional<String> payee : List.of(Optional.<String>empty(), Optional.of(ACCOUNT))) {
            for (Optional<String> device : List.of(Optional.<String>empty(), Optional.of("device"))) {
                Sought sought = sought(ALICE, payee, Optional.empty());
                Look look = Look.at(sought);
                WithUsual<Before> read = database.call(em -> new Dossiers(em)
                        .findWithUsual(REALM, ALICE.customer(), device, look.besides(), List.of(look.more())));
                assertThat(look.before(read.besides())).isEqualTo(look(sought)).satisfies(before -> {
                    assertThat(before.done()).hasSize(1);
                    assertThat(before.heard().events()).isEqualTo(2 + 2);
                });
                assertThat(read.dossier().counters()).hasSize(2);
            }
        }
    }

    private static SessionSignals events(int number) {
        return new SessionSignals(Set.of(), number, 0, 0, 0, Set.of(), 0);
    }

    @Test
    void itGoesWithItsCustomerItsRealmAndItsTime() {
        add(operation("r1", State.ALLOWED, Optional.empty()));
        database.run(em -> new CustomerState(em).deleteCustomer(REALM, "bob's pseudonym", "bob", NOW));
        assertThat(unfinished(NOW)).hasSize(1);
        database.run(em -> new CustomerState(em).deleteCustomer(REALM, ALICE.customer(), ALICE.userId(), NOW));
        assertThat(unfinished(NOW)).isEmpty();
        add(operation("r1", State.ALLOWED, Optional.empty()));
        database.run(em -> new StoredOperations(em).deleteOld(REALM, NOW, 10));
        assertThat(unfinished(NOW)).hasSize(1);
        database.run(em -> new StoredOperations(em).deleteOld(REALM, NOW.plusMillis(1), 10));
        assertThat(unfinished(NOW)).isEmpty();
        add(operation("r1", State.ALLOWED, Optional.empty()));
        database.run(em -> new CustomerState(em).deleteRealm(REALM));
        assertThat(unfinished(NOW)).isEmpty();
    }

    private boolean add(StoredOperation operation) {
        return database.call(em -> new StoredOperations(em).add(operation, record(operation)));
    }

    private static EvidenceRow record(StoredOperation operation) {
        return new EvidenceRow(
                operation.decided().decisionId(),
                REALM,
                Kind.DECISION,
                Optional.empty(),
                NOW,
                Index.of(
                        Optional.of(operation.whose().customer()),
                        Optional.of(operation.what().type().name()),
                        Optional.empty(),
                        Optional.empty()),
                "{}");
    }

    private Optional<StoredOperation> find(String id) {
        return database.call(em -> new StoredOperations(em).find(REALM, id));
    }

    private boolean redeem(StoredOperation operation, String digest, Instant now) {
        return database.call(em -> new StoredOperations(em).redeem(operation.id(), digest, now));
    }

    private boolean end(StoredOperation operation, Move move) {
        return database.call(em -> new StoredOperations(em).end(operation.id(), move, NOW));
    }

    private List<StoredOperation> unfinished(Instant now) {
        return database.call(em -> new StoredOperations(em).unfinished(ALICE.customer(), now));
    }

    private static Sought sought(Whose whose, Optional<String> payee, Optional<String> part) {
        return sought("app", whose, payee, part);
    }

    private static Sought sought(String app, Whose whose) {
        return sought(app, whose, Optional.empty(), Optional.empty());
    }

    private static Sought sought(String app, Whose whose, Optional<String> payee, Optional<String> part) {
        return new Sought(
                REALM, app, whose, Operation.TRADE, payee, Optional.of("device"), part, new Since(LONG, LONG, LONG));
    }

    private Before look() {
        return look(sought(ALICE, Optional.empty(), Optional.empty()));
    }

    private Before look(Sought sought) {
        return database.call(em -> new StoredOperations(em).look(sought));
    }

    /** @return how many of them did it */
    private static long atOnce(Callable<Boolean> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> all = threads.invokeAll(IntStream.range(0, 16)
                    .<Callable<Boolean>>mapToObj(any -> work)
                    .toList());
            long done = 0;
            for (Future<Boolean> one : all) {
                done += one.get() ? 1 : 0;
            }
            return done;
        } finally {
            threads.shutdown();
        }
    }

    private static Decided decided(Outcome outcome, Optional<Instant> holdUntil, Optional<Cause> cause) {
        return new Decided(
                UUID.randomUUID().toString(),
                outcome,
                Requirement.PHISHING_RESISTANT,
                cause,
                holdUntil,
                Level.MEDIUM,
                1.5,
                List.of("new-payee", "little-history"),
                "jp-2025:test");
    }

    private static StoredOperation naming(String requestId, Whose whose, String account) {
        StoredOperation order = operation(requestId, State.DENIED, Optional.empty());
        return new StoredOperation(
                order.id(),
                REALM,
                order.asked(),
                whose,
                new What(Operation.WITHDRAWAL, "key:sealed", DIGEST, false, SUMS, Optional.of(account)),
                order.decided(),
                order.state(),
                order.times(),
                order.permit());
    }

    private static StoredOperation operation(String requestId, State state, Optional<Instant> holdUntil) {
        Outcome outcome = switch (state) {
            case ALLOWED -> Outcome.ALLOW;
            case STEP_UP -> Outcome.STEP_UP;
            case HELD -> Outcome.HOLD;
            default -> Outcome.DENY;
        };
        return new StoredOperation(
                UUID.randomUUID().toString(),
                REALM,
                new Asked("app", requestId, "a".repeat(64)),
                ALICE,
                new What(Operation.TRADE, "key:sealed", DIGEST, false, SUMS, Optional.empty()),
                decided(outcome, holdUntil, holdUntil.map(any -> Cause.PAYEE_WAIT)),
                state,
                Times.begin(NOW, NOW.plus(VALID)),
                Optional.of(state).filter(State.ALLOWED::equals).map(any -> "a".repeat(64)));
    }
}
