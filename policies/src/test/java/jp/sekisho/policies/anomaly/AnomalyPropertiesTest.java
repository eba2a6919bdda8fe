package jp.sekisho.policies.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import jp.sekisho.policies.evidence.Field;
import jp.sekisho.policies.operation.Details;
import jp.sekisho.policies.operation.Details.PositionEffect;
import jp.sekisho.policies.operation.Details.Side;
import jp.sekisho.policies.operation.Money;
import jp.sekisho.policies.operation.Operation;
import jp.sekisho.policies.risk.Risk;
import jp.sekisho.policies.risk.Signal;
import jp.sekisho.policies.risk.Signal.Block;
import jp.sekisho.policies.signal.SessionSignals;
import jp.sekisho.policies.signal.SignalEvent.Finding;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class AnomalyPropertiesTest {

    private static final double EPSILON = 1e-9;
    private static final List<String> INSTRUMENTS = List.of("7203", "6758", "9999", "USDJPY");

    private static final List<UnaryOperator<Details>> SILENCES = List.of(
            Scene.say(said -> said.amount(Optional.empty())),
            Scene.say(said -> said.payee(Optional.empty())),
            Scene.say(said -> said.available(Optional.empty())),
            Scene.say(said -> said.instrument(Optional.empty())),
            Scene.say(said -> said.side(Optional.empty())),
            Scene.say(said -> said.quantity(Optional.empty())),
            Scene.say(said -> said.turnover(Optional.empty())));

    @Property(tries = 1000)
    void leavingOutAFieldIsNeverLessUnusual(@ForAll("scenes") Scene scene) {
        for (UnaryOperator<Details> silence : SILENCES) {
            worse(scene, scene.saying(silence));
        }
        worse(scene, scene.session(Field.withheld()));
        worse(scene, scene.signals(Field.withheld()));
    }

    @Property(tries = 500)
    void sayingNothingAtAllIsNeverLessUnusual(@ForAll("scenes") Scene scene) {
        Scene silent = scene.session(Field.withheld()).signals(Field.withheld());
        for (UnaryOperator<Details> silence : SILENCES) {
            silent = silent.saying(silence);
        }
        worse(scene, silent);
    }

    @Property(tries = 500)
    void moreMoneyIsNeverLessUnusual(
            @ForAll("scenes") Scene scene,
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long one,
            @ForAll @LongRange(min = 0, max = 999_999_999_999_999L) long other) {
        worse(
                scene.saying(Scene.say(said -> said.amount(Optional.of(Scene.yen(Math.min(one, other)))))),
                scene.saying(Scene.say(said -> said.amount(Optional.of(Scene.yen(Math.max(one, other)))))));
    }

    @Property(tries = 300)
    void aLargerOrderIsNeverLessUnusual(
            @ForAll("scenes") Scene scene, @ForAll @IntRange(min = 1) int one, @ForAll @IntRange(min = 1) int other) {
        worse(
                scene.saying(Scene.say(said -> said.quantity(Optional.of(BigDecimal.valueOf(Math.min(one, other)))))),
                scene.saying(Scene.say(said -> said.quantity(Optional.of(BigDecimal.valueOf(Math.max(one, other)))))));
    }

    @Property(tries = 300)
    void aThinnerInstrumentIsNeverLessUnusual(
            @ForAll("scenes") Scene scene,
            @ForAll @LongRange(min = 0, max = 99_999_999_999L) long one,
            @ForAll @LongRange(min = 0, max = 99_999_999_999L) long other) {
        worse(
                scene.saying(Scene.say(said -> said.turnover(Optional.of(Scene.yen(Math.max(one, other)))))),
                scene.saying(Scene.say(said -> said.turnover(Optional.of(Scene.yen(Math.min(one, other)))))));
    }

    @Property(tries = 300)
    void lessLeftIsNeverLessUnusual(
            @ForAll("scenes") Scene scene,
            @ForAll @LongRange(min = 0, max = 99_999_999_999L) long one,
            @ForAll @LongRange(min = 0, max = 99_999_999_999L) long other) {
        worse(
                scene.saying(Scene.say(said -> said.available(Optional.of(Scene.yen(Math.max(one, other)))))),
                scene.saying(Scene.say(said -> said.available(Optional.of(Scene.yen(Math.min(one, other)))))));
    }

    @Property(tries = 500)
    void whateverElseIsOddNeverMakesItLessUnusual(
            @ForAll("scenes") Scene scene, @ForAll Change change, @ForAll @IntRange(max = 200) int hours) {
        Instant before = scene.past().changes().getOrDefault(change, Instant.EPOCH);
        if (before.isBefore(Scene.NOW.minus(Duration.ofHours(hours)))) {
            worse(scene, scene.changed(change, Duration.ofHours(hours)));
        }
        KnownPayee payee = scene.past().payee();
        worse(scene, scene.payee(new KnownPayee(payee.since(), payee.paid(), payee.others() + 1)));
        worse(scene, scene.payee(new KnownPayee(payee.since(), 0, payee.others())));
        worse(scene, scene.payee(new KnownPayee(Optional.of(Scene.NOW), payee.paid(), payee.others())));
        worse(scene, scene.payee(new KnownPayee(Optional.empty(), payee.paid(), payee.others())));
        worse(
                scene,
                scene.session(scene.sight()
                        .session()
                        .map(session -> new SessionSight(session.loggedInAt(), true, session.networkChanged()))));
        worse(
                scene,
                scene.session(scene.sight()
                        .session()
                        .map(session -> new SessionSight(Scene.NOW, session.deviceChanged(), true))));
        worse(
                scene,
                scene.signals(scene.sight()
                        .signals()
                        .map(signals -> new SessionSignals(
                                signals.visited(),
                                signals.events(),
                                signals.skipped() + 1,
                                signals.hurried(),
                                signals.scripted() + 2,
                                Set.of(Finding.Kind.values()),
                                signals.dropped()))));
        worse(scene, scene.did(Operation.TRADE, Duration.ofMinutes(5), Scene.saleOf("1", 5_000_000)));
        worse(
                scene,
                scene.did(
                        scene.sight().operation(),
                        Duration.ofSeconds(1),
                        scene.sight().details()));
    }

    /** But for what was sold, they are as if they were not. */
    @Property(tries = 300)
    void waysOutChangeNothing(@ForAll("scenes") Scene scene, @ForAll Random random) {
        Scene after = scene;
        for (int i = random.nextInt(40); i > 0; i--) {
            Details out = Scene.say(said -> said.side(Optional.of(Side.BUY)).effect(PositionEffect.CLOSE))
                    .apply(order(random));
            Duration ago = random.nextBoolean()
                    ? Duration.ofSeconds(random.nextInt(200))
                    : Duration.ofHours(random.nextInt(9000));
            after = after.did(Operation.TRADE, ago, out);
        }
        assertThat(after.risk()).isEqualTo(scene.risk());
        assertThat(after.likeness()).isEqualTo(scene.likeness());
    }

    @Property(tries = 300)
    void theOrderOfThePastDoesNotMatter(@ForAll("scenes") Scene scene, @ForAll Random random) {
        List<PastOperation> shuffled = new ArrayList<>(scene.past().operations());
        Collections.shuffle(shuffled, random);
        Risk other = new Scene(
                        scene.sight(),
                        new Past(shuffled, scene.past().changes(), scene.past().payee()))
                .risk();
        assertThat(other.score()).isCloseTo(scene.risk().score(), within(EPSILON));
        assertThat(other.level()).isEqualTo(scene.risk().level());
        assertThat(other.signals().stream().map(Signal::reason))
                .containsExactlyInAnyOrderElementsOf(
                        scene.risk().signals().stream().map(Signal::reason).toList());
    }

    @Property(tries = 300)
    void noBlockWeighsMoreThanItsCapAndAllMakeTheScore(@ForAll("scenes") Scene scene) {
        Risk risk = scene.risk();
        AnomalyPolicy.Caps caps = Scene.POLICY.caps();
        Map.of(
                        Block.MONEY, caps.money(),
                        Block.PAYEE, caps.payee(),
                        Block.CHANGES, caps.changes(),
                        Block.MARKET, caps.market(),
                        Block.CONDUCT, caps.conduct(),
                        Block.SESSION, caps.session())
                .forEach((block, cap) -> assertThat(risk.signals().stream()
                                .filter(signal -> signal.block() == block)
                                .mapToDouble(Signal::nats)
                                .sum())
                        .isBetween(0.0, cap + EPSILON));
        assertThat(risk.signals().stream().mapToDouble(Signal::nats).sum()).isCloseTo(risk.score(), within(EPSILON));
        assertThat(risk.signals()).extracting(Signal::nats).isSortedAccordingTo(Collections.reverseOrder());
    }

    @Property(tries = 500)
    void scoresAreFiniteForAnyNumbers(
            @ForAll("scenes") Scene scene,
            @ForAll("numbers") BigDecimal amount,
            @ForAll("numbers") BigDecimal available,
            @ForAll("numbers") BigDecimal quantity,
            @ForAll("numbers") BigDecimal share) {
        UnaryOperator<Details> extreme = Scene.say(said -> said.amount(Optional.of(money(amount)))
                .available(Optional.of(money(available)))
                .turnover(Optional.of(money(available)))
                .quantity(Optional.of(quantity))
                .share(Optional.of(share)));
        Scene wild = scene.saying(extreme);
        for (int i = 0; i < 6; i++) {
            wild = wild.did(
                    scene.sight().operation(),
                    Duration.ofDays(2 + i),
                    extreme.apply(scene.sight().details()));
        }
        Risk risk = wild.did(Operation.TRADE, Duration.ofHours(1), extreme.apply(Scene.saleOf("0.5", 1)))
                .risk();
        assertThat(risk.score()).isFinite().isNotNegative();
        assertThat(risk.probability()).isBetween(0.0, 1.0);
        assertThat(risk.signals())
                .allSatisfy(signal -> assertThat(signal.nats()).isFinite().isNotNegative());
    }

    @Provide
    Arbitrary<BigDecimal> numbers() {
        return Arbitraries.of(
                        "0",
                        "1",
                        "-1",
                        "0.0001",
                        "1e-300",
                        "1e-4000",
                        "1e300",
                        "1e4000",
                        "999999999999999999",
                        "0.5",
                        "1e17")
                .map(BigDecimal::new);
    }

    /** The currency with the most places there is takes what a record of money lets through. */
    private static Money money(BigDecimal value) {
        BigDecimal positive = value.abs();
        return positive.scale() > 4
                ? new Money(BigDecimal.ZERO, Currency.getInstance("CLF"))
                : new Money(positive, Currency.getInstance("CLF"));
    }

    @Provide
    Arbitrary<Scene> scenes() {
        return Arbitraries.randomValue(AnomalyPropertiesTest::scene);
    }

    private static Scene scene(Random random) {
        Scene scene = switch (random.nextInt(4)) {
            case 0 -> Personas.saver();
            case 1 -> Personas.pensioner();
            case 2 -> Personas.newcomer();
            default -> Scene.nobody();
        };
        for (int i = random.nextInt(20); i > 0; i--) {
            Duration ago = random.nextBoolean()
                    ? Duration.ofSeconds(random.nextInt(200))
                    : Duration.ofHours(random.nextInt(9000));
            scene = random.nextBoolean()
                    ? scene.did(Operation.TRADE, ago, order(random))
                    : scene.did(Operation.WITHDRAWAL, ago, withdrawal(random));
            scene = random.nextInt(4) == 0 ? scene.confirmed(Operation.TRADE, ago, order(random)) : scene;
        }
        for (Change change : Change.values()) {
            if (random.nextInt(4) == 0) {
                scene = scene.changed(change, Duration.ofHours(random.nextInt(300)));
            }
        }
        if (random.nextBoolean()) {
            scene = scene.paidFor(
                    Duration.ofHours(random.nextInt(400)), random.nextInt(3), Math.max(0, random.nextInt(10) - 5));
        }
        if (random.nextBoolean()) {
            scene = scene.session(random.nextBoolean(), random.nextBoolean(), Duration.ofSeconds(random.nextInt(400)));
        }
        if (random.nextBoolean()) {
            scene = scene.signals(Field.of(new SessionSignals(
                    Set.of(), 9, random.nextInt(2), random.nextInt(2), random.nextInt(4), Set.of(), 0)));
        }
        Operation operation = List.of(
                        Operation.TRADE, Operation.WITHDRAWAL, Operation.BANK_ACCOUNT_CHANGE, Operation.PROFILE_CHANGE)
                .get(random.nextInt(4));
        Details details = operation == Operation.TRADE ? order(random) : withdrawal(random);
        scene = scene.wants(operation, details);
        for (UnaryOperator<Details> silence : SILENCES) {
            scene = random.nextInt(12) == 0 ? scene.saying(silence) : scene;
        }
        return scene;
    }

    private static Details order(Random random) {
        Side side = random.nextInt(3) == 0 ? Side.SELL : Side.BUY;
        String instrument = INSTRUMENTS.get(random.nextInt(INSTRUMENTS.size()));
        Details order = Scene.order(side, instrument, yen(random), 1 + random.nextInt(5000), yen(random));
        return random.nextInt(3) == 0
                ? Scene.say(said -> said.share(Optional.of(BigDecimal.valueOf(random.nextInt(101), 2))))
                        .apply(order)
                : order;
    }

    private static Details withdrawal(Random random) {
        return Scene.withdrawal(yen(random), yen(random));
    }

    private static long yen(Random random) {
        return (long) Math.pow(10, random.nextDouble() * 12);
    }

    private static void worse(Scene before, Scene after) {
        Risk usual = before.risk();
        Risk unusual = after.risk();
        assertThat(unusual.score()).as("%s%nafter %s", unusual, usual).isGreaterThanOrEqualTo(usual.score() - EPSILON);
        assertThat(unusual.level()).as("%s%nafter %s", unusual, usual).isGreaterThanOrEqualTo(usual.level());
        if (before.likeness() != Likeness.USUAL) {
            assertThat(after.likeness()).as("%s%nafter %s", unusual, usual).isNotEqualTo(Likeness.USUAL);
        }
    }
}
